// The page works without this script. It adds two things: suggestions below the question while it is typed, and a choice
// of years by drawing across the bars.
'use strict';

(() => {
  const WAIT_MS = 150; // a question is not sent at every key
  const LEAST = 2;

  function suggest(form) {
    const input = form.querySelector('input[type=search]');
    const list = document.createElement('ul');
    const told = document.createElement('span');
    let timer = 0;
    let asked = 0;
    let chosen = -1;

    list.className = 'suggestions';
    list.id = 'suggestions';
    list.hidden = true;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', input.labels[0].textContent);
    told.className = 'hidden';
    told.setAttribute('role', 'status');
    form.append(list, told);
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-controls', list.id);
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-expanded', 'false');

    function close() {
      list.hidden = true;
      chosen = -1;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
    }

    function choose(index) {
      const items = list.children;
      if (chosen >= 0) items[chosen].setAttribute('aria-selected', 'false');
      chosen = (index + items.length) % items.length;
      items[chosen].setAttribute('aria-selected', 'true');
      items[chosen].scrollIntoView({block: 'nearest'});
      input.setAttribute('aria-activedescendant', items[chosen].id);
    }

    function show([, titles, places, addresses]) {
      list.replaceChildren(...titles.map((title, i) => {
        const item = document.createElement('li');
        const place = document.createElement('small');
        item.id = 'suggestion-' + i;
        item.setAttribute('role', 'option');
        item.setAttribute('aria-selected', 'false');
        item.dataset.address = new URL(addresses[i]).pathname;
        place.textContent = places[i];
        item.append(title, document.createElement('br'), place);
        return item;
      }));
      chosen = -1;
      list.hidden = titles.length === 0;
      input.setAttribute('aria-expanded', String(titles.length > 0));
      told.textContent = titles.length > 0 ? String(titles.length) : '';
    }

    async function ask() {
      const question = input.value.trim();
      const number = ++asked;
      if (question.length < LEAST) return close();
      try {
        const answer = await fetch('/suggestions?q=' + encodeURIComponent(question));
        if (answer.ok && number === asked) show(await answer.json());
      } catch {
        close(); // suggestions are a help, not the page
      }
    }

    input.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT_MS);
    });
    input.addEventListener('keydown', (event) => {
      if (list.hidden) return;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        choose(event.key === 'ArrowDown' ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
        event.preventDefault();
      } else if (event.key === 'Enter' && chosen >= 0) {
        location.assign(list.children[chosen].dataset.address);
        event.preventDefault();
      } else if (event.key === 'Escape') {
        close();
        event.preventDefault();
      }
    });
    list.addEventListener('mousedown', (event) => {
      const item = event.target.closest('li');
      if (item) location.assign(item.dataset.address);
      event.preventDefault();
    });
    input.addEventListener('blur', close);
  }

  function brush(bars) {
    let from = null;

    function yearAt(event) {
      const bar = document.elementFromPoint(event.clientX, event.clientY)?.closest('li[data-annee]');
      return bar && bars.contains(bar) ? Number(bar.dataset.annee) : null;
    }

    function mark(first, last) {
      for (const bar of bars.children) {
        const year = Number(bar.dataset.annee);
        bar.classList.toggle('within', first !== null && year >= Math.min(first, last) && year <= Math.max(first, last));
      }
    }

    bars.addEventListener('dragstart', (event) => event.preventDefault());
    bars.addEventListener('pointerdown', (event) => { from = yearAt(event); });
    bars.addEventListener('pointermove', (event) => {
      const to = yearAt(event);
      if (from !== null && to !== null && event.buttons === 1) mark(from, to);
    });
    addEventListener('pointerup', (event) => {
      const to = yearAt(event);
      const first = from;
      from = null;
      mark(null, null);
      if (first === null || to === null || first === to) return; // a click follows the link
      const address = new URL(location.pathname === '/recherche' ? location.href : '/recherche', location.href);
      address.searchParams.delete('annee');
      address.searchParams.delete('page');
      address.searchParams.set('du', String(Math.min(first, to)));
      address.searchParams.set('au', String(Math.max(first, to)));
      if (bars.dataset.conseil) address.searchParams.set('conseil', bars.dataset.conseil);
      location.assign(address);
    });
  }

  document.querySelectorAll('form.question').forEach(suggest);
  document.querySelectorAll('.bars').forEach(brush);
})();
