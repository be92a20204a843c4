// A reader's way through the page in Debian's Chromium, with and without JavaScript, by mouse and by keyboard, wide, narrow
// and at four times the size of text; axe-core looks at every page.
// Usage: journey.mjs SERVER [FOLDER for screenshots]. Prints TAP.
import {createRequire} from 'node:module';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {chromium} from 'playwright-core';

const [server, screenshots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDE = {width: 1280, height: 900};
const NARROW = {width: 390, height: 844};
const ZOOMED = {width: 320, height: 256}; // 1280 × 1024 at 400 %, as WCAG 1.4.10 counts
const WAIT_MS = 5000;

let count = 0;
let failed = 0;
function check(message, passed, detail = '') {
  count += 1;
  failed += passed ? 0 : 1;
  console.log(`${passed ? 'ok' : 'not ok'} ${count} - ${message}`);
  if (!passed && detail) console.log(String(detail).replace(/^/gm, '# '));
}

const profile = mkdtempSync(join(tmpdir(), 'delib-browser-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: '/usr/bin/chromium',
  headless: true,
  locale: 'fr-FR',
  viewport: WIDE,
  bypassCSP: true, // axe is put into the page; the page's own policy is tested by curl and by the complaints below
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
browser.setDefaultTimeout(WAIT_MS);
const page = browser.pages()[0] ?? await browser.newPage();
const complaints = [];
function listen(to) {
  to.on('console', (message) => message.type() === 'error' && complaints.push(`${to.url()}: ${message.text()}`));
  to.on('pageerror', (error) => complaints.push(`${to.url()}: ${error}`));
}
listen(page);

const found = await (await fetch(`${server}/recherche.json?q=chaufferie`)).json();
const act = `/acte/${encodeURIComponent(found.results[0].id)}?q=chaufferie`;
const council = `/conseil/${encodeURIComponent(found.results[0].council)}`;
const pages = {
  accueil: '/',
  resultats: '/recherche?q=subvention%20%C3%A9cole',
  filtres: '/recherche?q=subvention&vote=adopte&du=2012&au=2023&conseil=' + encodeURIComponent(found.results[0].council),
  rien: '/recherche?q=%2Bkarabistouille',
  acte: act,
  seances: '/seances',
  conseil: council,
  couverture: '/couverture',
  aide: '/aide',
  accessibilite: '/accessibilite',
  erreur: '/recherche?q=(',
};

// --- every page, for everybody ---

async function faults() {
  await page.evaluate(axe);
  const {violations} = await page.evaluate(() => window.axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
    'best-practice']}));
  return violations.map(({id, help, nodes}) => `${id}: ${help}: ${nodes.map((node) => node.html).slice(0, 2).join(' | ')}`);
}

for (const [name, path] of Object.entries(pages)) {
  const reported = [];
  const rich = ['resultats', 'acte', 'couverture'].includes(name); // these hold every kind of part and colour
  for (const [size, scheme] of [[WIDE, 'light'], ...(rich ? [[WIDE, 'dark'], [NARROW, 'light']] : [])]) {
    await page.setViewportSize(size);
    await page.emulateMedia({colorScheme: scheme, reducedMotion: 'reduce'});
    await page.goto(server + path);
    for (const fault of await faults()) reported.push(`${size.width} ${scheme} ${fault}`);
  }
  check(`axe-core reports nothing on ${name}`, reported.length === 0, reported.join('\n'));
  await page.setViewportSize(ZOOMED);
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  check(`${name} at 400 % scrolls one way only`, wide <= room, `${wide} in ${room}`);
}
await page.emulateMedia({colorScheme: 'light', reducedMotion: 'reduce'});

if (screenshots)
  for (const name of ['accueil', 'resultats', 'acte', 'couverture'])
    for (const size of [WIDE, NARROW]) {
      await page.setViewportSize(size);
      await page.goto(server + pages[name]);
      await page.screenshot({path: join(screenshots, `${name}-${size.width}.png`)});
    }

// --- by mouse ---

await page.setViewportSize(WIDE);
await page.goto(server);
await page.locator('#q').pressSequentially('redevance incit', {delay: 10});
await page.locator('.suggestions li').first().waitFor();
check('half a question brings suggestions', await page.locator('.suggestions li').count() > 0);
check('which are told to screen readers', await page.locator('#q').getAttribute('aria-expanded') === 'true');
await page.keyboard.press('ArrowDown');
check('an arrow chooses one', await page.locator('#q').getAttribute('aria-activedescendant') === 'suggestion-0');
await page.keyboard.press('Escape');
check('Escape puts them away', await page.locator('.suggestions').isHidden());
await page.keyboard.press('ArrowLeft');
await page.locator('#q').fill('subvention');
await page.locator('form.question button').click();
await page.waitForURL('**/recherche?q=subvention');
const before = await page.locator('.found').innerText();
check('the question finds acts', /^\d+ actes/.test(before), before);
await page.locator('#facette-conseil a').first().click();
check('a value of a facet narrows them', await page.locator('.found').innerText() !== before);
check('and shows as a chip', await page.locator('.chips li').count() === 1);
await page.locator('#facette-conseil a:not(.chosen)').first().click();
check('a second value of the same facet stands beside it', await page.locator('.chips li').count() === 2);
for (let chips = 2; chips > 0; chips--) await page.locator('.chips a').first().click();
check('chips take the filters away', await page.locator('.found').innerText() === before);
const bars = page.locator('.bars li');
await bars.nth(1).hover();
await page.mouse.down();
await bars.nth(6).hover();
await page.mouse.up();
await page.waitForURL('**du=*');
check('drawing across the bars chooses the years', /du=\d{4}&au=\d{4}/.test(page.url()), page.url());
await page.goto(`${server}/recherche?q=subvention`);
await page.locator('.bars a').first().click();
check('a click on a bar chooses its year', /annee=\d{4}/.test(page.url()), page.url());
await page.goto(`${server}/recherche?q=conseil`);
await page.locator('.pager a[rel=next]').click();
check('there is a second page', page.url().includes('page=2'));
await page.locator('.act h2 a').first().click();
check('an act opens with what was asked for marked', await page.locator('.printed mark').count() > 0);
check('with its citation', (await page.locator('.cite').innerText()).includes('/acte/'));
await page.goBack();
check('and back leads to the same page of results', page.url().includes('page=2'));

// --- by keyboard alone ---

await page.goto(server + pages.resultats);
await page.keyboard.press('Tab');
check('the first stop skips to the content', await page.evaluate(() => document.activeElement.className) === 'skip');
await page.keyboard.press('Enter');
check('and does', await page.evaluate(() => document.activeElement.id) === 'contenu');
let stops = 0;
let unseen = '';
let reached = false;
while (stops++ < 60 && !reached) {
  await page.keyboard.press('Tab');
  const at = await page.evaluate(() => {
    const {activeElement: element} = document;
    return {outline: getComputedStyle(element).outlineStyle, act: element.matches('.act h2 a'), html: element.outerHTML.slice(0, 80)};
  });
  if (at.outline === 'none') unseen = at.html;
  reached = at.act;
}
check('the results are reached by the Tab key', reached);
check('and every stop on the way is seen', unseen === '', unseen);
await page.keyboard.press('Enter');
await page.waitForURL('**/acte/**');
check('Enter opens the act', await page.locator('h1').count() === 1);
check('nothing was complained about in the browser', complaints.filter((one) => !one.includes('400 (Bad Request)')).length === 0,
  complaints.join('\n'));
await browser.close();
rmSync(profile, {recursive: true, force: true});

// --- without JavaScript, the page's own policy in force ---

const plain = await chromium.launch({executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
  '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']});
const strict = await (await plain.newContext({locale: 'fr-FR'})).newPage();
listen(strict);
for (const path of Object.values(pages)) await strict.goto(server + path);
await strict.goto(server);
check('style and script come in under the policy', await strict.evaluate(() => document.styleSheets.length) === 1);
check('nothing breaks the policy of the page', complaints.filter((one) => /Content.Security/.test(one)).length === 0, complaints.join('\n'));
const still = await (await plain.newContext({locale: 'fr-FR', javaScriptEnabled: false})).newPage();
await still.goto(server);
await still.locator('#q').fill('école');
await still.locator('form.question button').click();
await still.locator('#facette-vote a').first().click();
await still.locator('.act h2 a').first().click();
check('without JavaScript the same way leads to an act', still.url().includes('/acte/') && await still.locator('h1').count() === 1);
await plain.close();
console.log(`1..${count}`);
process.exit(failed > 0 ? 1 : 0);
