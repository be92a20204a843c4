/* Which documents match a question, and which may be among the best: what Xapian's matcher tells one document after the
 * other, told of all at once. Part of the binding, xapian_c.cc, and of nothing else.
 *
 * A question is a tree of conditions beside Xapian's query of it. The matcher makes the set of all documents that meet
 * them, from whole lists of postings where many are looked at; the weigher weighs them nearly as Xapian does. */
#ifndef DELIB_XAPIAN_C_MATCHING_H
#define DELIB_XAPIAN_C_MATCHING_H

#include <algorithm>
#include <bitset>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <xapian.h>

#include "xapian-c/xapian_c.h"

namespace matching
{

/* Documents by number, all those that there may be. */
class docid_set
{
  public:
    explicit docid_set(Xapian::docid last) : words(last / BITS + 1)
    {
    }
    void add(Xapian::docid docid)
    {
        words[docid / BITS] |= bit_of(docid);
    }
    bool has(Xapian::docid docid) const
    {
        return docid / BITS < words.size() && (words[docid / BITS] & bit_of(docid)) != 0;
    }
    Xapian::doccount count() const
    {
        Xapian::doccount sum = 0;
        for (uint64_t word : words)
            sum += static_cast<Xapian::doccount>(std::bitset<BITS>(word).count());
        return sum;
    }
    void add_all(const docid_set &other)
    {
        for (size_t i = 0; i < words.size(); i++)
            words[i] |= other.words[i];
    }
    void keep_all(const docid_set &other)
    {
        for (size_t i = 0; i < words.size(); i++)
            words[i] &= other.words[i];
    }
    void take_out(const docid_set &other)
    {
        for (size_t i = 0; i < words.size(); i++)
            words[i] &= ~other.words[i];
    }
    /* In ascending order. */
    template <typename Visit> void each(Visit visit) const
    {
        for (size_t i = 0; i < words.size(); i++)
            for (uint64_t rest = words[i]; rest != 0; rest &= rest - 1)
                visit(static_cast<Xapian::docid>(i * BITS + static_cast<unsigned>(__builtin_ctzll(rest))));
    }
    /* Likewise; those for which `test` is false are taken out. */
    template <typename Test> void keep_if(Test test)
    {
        for (size_t i = 0; i < words.size(); i++)
            for (uint64_t rest = words[i]; rest != 0; rest &= rest - 1) {
                auto docid = static_cast<Xapian::docid>(i * BITS + static_cast<unsigned>(__builtin_ctzll(rest)));
                if (!test(docid))
                    words[i] &= ~bit_of(docid);
            }
    }

  private:
    static constexpr unsigned BITS = 64;
    static uint64_t bit_of(Xapian::docid docid)
    {
        return uint64_t{1} << docid % BITS;
    }
    std::vector<uint64_t> words;
};

/* What was found out about documents during one search, so that none is tested twice. */
struct test_memory {
    bool is_in_use = false;
    docid_set known{0};
    docid_set passed{0};
};

/* What a document must have to match. */
struct condition {
    enum kind {
        NONE,
        ALL,
        TERM,
        EITHER,   /* what matches both weighs their sum; */
        GREATEST, /* what the heavier does; */
        SYNONYM,  /* as one term would */
        BOTH,
        FILTER,  /* both; only the first weighs */
        BUT_NOT, /* the first, but none of the others */
        MAYBE,   /* the first; the others may add weight */
        SCALED,
        RANGE,
        TESTED
    };
    kind is = NONE;
    std::vector<std::shared_ptr<const condition>> parts{};
    double factor = 1;   /* of the weight of what is scaled */
    std::string first{}; /* the term; the smallest value */
    std::string last{};  /* the largest; "": any */
    Xapian::valueno slot = 0;
    xapian_value_test *test = nullptr;
    void *payload = nullptr;
    std::shared_ptr<test_memory> memory{};
};

inline condition::kind kind_of(enum xapian_operator op)
{
    switch (op) {
    case XAPIAN_OR:
        return condition::EITHER;
    case XAPIAN_AND:
        return condition::BOTH;
    case XAPIAN_AND_NOT:
        return condition::BUT_NOT;
    case XAPIAN_AND_MAYBE:
        return condition::MAYBE;
    case XAPIAN_FILTER:
        return condition::FILTER;
    case XAPIAN_SYNONYM:
        return condition::SYNONYM;
    case XAPIAN_MAX:
        return condition::GREATEST;
    }
    throw Xapian::InvalidArgumentError("no such operator");
}

/* Whether all that match weigh nothing. */
inline bool is_weightless(const condition &wanted)
{
    switch (wanted.is) {
    case condition::NONE:
    case condition::ALL:
    case condition::RANGE:
        return true;
    case condition::TERM:
    case condition::SYNONYM:
        return false;
    case condition::EITHER:
    case condition::GREATEST:
    case condition::BOTH:
    case condition::MAYBE:
        return std::all_of(wanted.parts.begin(), wanted.parts.end(),
                           [](const auto &part) { return is_weightless(*part); });
    case condition::FILTER:
    case condition::BUT_NOT:
    case condition::SCALED:
    case condition::TESTED:
        return is_weightless(*wanted.parts[0]);
    }
    return false;
}

/* A slot's values, by document numbers that ascend. */
class value_reader
{
  public:
    value_reader(const Xapian::Database &database, Xapian::valueno slot)
        : value(database.valuestream_begin(slot)), end(database.valuestream_end(slot))
    {
    }
    /* Whether the document has a value, which is then read by get. */
    bool find(Xapian::docid docid)
    {
        return value != end && value.check(docid) && value != end && value.get_docid() == docid;
    }
    std::string get() const
    {
        return *value;
    }
    bool move_to(Xapian::docid docid)
    {
        if (value != end)
            value.skip_to(docid);
        return value != end;
    }
    Xapian::docid docid() const
    {
        return value.get_docid();
    }

  private:
    Xapian::ValueIterator value;
    Xapian::ValueIterator end;
};

/* The documents whose value passes a test of the caller's. It claims to have all of them, so that a search asks it
 * last, about documents that have everything else. */
class tested_documents : public Xapian::PostingSource
{
  public:
    tested_documents(Xapian::valueno slot_, xapian_value_test *test_, void *payload_,
                     std::shared_ptr<test_memory> memory_)
        : slot(slot_), test(test_), payload(payload_), memory(std::move(memory_))
    {
    }
    PostingSource *clone() const override
    {
        return new tested_documents(slot, test, payload, memory);
    }
    void init(const Xapian::Database &database) override
    {
        documents = database.get_doccount();
        values = std::make_unique<value_reader>(database, slot);
        current = 0;
        is_at_end = false;
        set_maxweight(0.0);
    }
    Xapian::doccount get_termfreq_min() const override
    {
        return 0;
    }
    Xapian::doccount get_termfreq_est() const override
    {
        return documents;
    }
    Xapian::doccount get_termfreq_max() const override
    {
        return documents;
    }
    void next(double least_weight) override
    {
        skip_to(current + 1, least_weight);
    }
    void skip_to(Xapian::docid docid, double) override
    {
        for (; values->move_to(docid); docid = values->docid() + 1)
            if (passes()) {
                current = values->docid();
                return;
            }
        is_at_end = true;
    }
    bool check(Xapian::docid docid, double) override
    {
        bool found = memory->known.has(docid) ? memory->passed.has(docid) : values->find(docid) && passes();
        if (found)
            current = docid;
        return found;
    }
    bool at_end() const override
    {
        return is_at_end;
    }
    Xapian::docid get_docid() const override
    {
        return current;
    }
    std::string get_description() const override
    {
        return "tested";
    }

  private:
    bool passes() const
    {
        std::string value = values->get();
        return test({value.data(), value.size()}, payload);
    }

    Xapian::valueno slot;
    xapian_value_test *test;
    void *payload;
    std::shared_ptr<test_memory> memory;
    Xapian::doccount documents = 0;
    std::unique_ptr<value_reader> values;
    Xapian::docid current = 0;
    bool is_at_end = false;
};

struct time_is_over {
};

/* Throws time_is_over once the limit has passed; a limit of 0 is none. Xapian's own time limit is not used: its timer
 * thread writes to the search's stack, also when the search has just ended. */
class deadline
{
  public:
    explicit deadline(uint32_t limit_ms)
        : end(limit_ms ? clock::now() + std::chrono::milliseconds(limit_ms) : clock::time_point::max())
    {
    }
    /* Of so many steps one looks at the clock. */
    void step(uint32_t steps_a_look)
    {
        if (++steps % steps_a_look == 0)
            look();
    }
    void look() const
    {
        if (end != clock::time_point::max() && clock::now() > end)
            throw time_is_over();
    }

  private:
    using clock = std::chrono::steady_clock;
    clock::time_point end;
    uint32_t steps = 0;
};

/* --- matches without weights --- */

/* Finds all documents that match, by whole lists of postings where many are looked at. */
class matcher
{
  public:
    matcher(const Xapian::Database &database_, deadline &time_)
        : database(database_), time(time_), last(database_.get_lastdocid())
    {
    }
    matcher(const matcher &) = delete;
    matcher &operator=(const matcher &) = delete;
    ~matcher() /* the next search may be of other documents */
    {
        for (const auto &memory : memories)
            *memory = test_memory();
    }
    docid_set all_with(const condition &wanted)
    {
        docid_set found(last);
        add(found, wanted);
        return found;
    }

    /* Of the documents in `only` (null: of all) those that have the term, one after the other: by its whole list where
     * they are many. */
    template <typename Visit> void each_posting(const std::string &term, const docid_set *only, Visit visit)
    {
        auto posting = database.postlist_begin(term);
        auto end = database.postlist_end(term);
        if (only && only->count() < database.get_termfreq(term) / SKIPPED) {
            only->each([&](Xapian::docid docid) {
                time.step(POSTINGS_A_LOOK);
                if (posting != end)
                    posting.skip_to(docid);
                if (posting != end && *posting == docid)
                    visit(docid, posting);
            });
            return;
        }
        for (; posting != end; ++posting) {
            Xapian::docid docid = *posting;
            time.step(POSTINGS_A_LOOK);
            if (!only || only->has(docid))
                visit(docid, posting);
        }
    }
    /* At most so many have it, as far as is told without looking. */
    Xapian::doccount most_with(const condition &wanted) const
    {
        Xapian::doccount all = database.get_doccount();
        Xapian::doccount most = 0;
        switch (wanted.is) {
        case condition::NONE:
            return 0;
        case condition::ALL:
        case condition::RANGE:
            return all;
        case condition::TERM:
            return database.get_termfreq(wanted.first);
        case condition::BUT_NOT:
        case condition::MAYBE:
        case condition::SCALED:
        case condition::TESTED:
            return most_with(*wanted.parts[0]);
        case condition::EITHER:
        case condition::GREATEST:
        case condition::SYNONYM:
            for (const auto &part : wanted.parts)
                most += std::min(all - most, most_with(*part));
            return most;
        case condition::BOTH:
        case condition::FILTER:
            most = all;
            for (const auto &part : wanted.parts)
                most = std::min(most, most_with(*part));
            return most;
        }
        return all;
    }

  private:
    static constexpr uint32_t POSTINGS_A_LOOK = 4096; /* some ten microseconds */
    static constexpr uint32_t TESTS_A_LOOK = 16;
    static constexpr Xapian::doccount SKIPPED = 4; /* postings that cost as much as to skip to one */

    void add(docid_set &out, const condition &wanted)
    {
        switch (wanted.is) {
        case condition::NONE:
            break;
        case condition::ALL:
            add_postings(out, std::string());
            break;
        case condition::TERM:
            add_postings(out, wanted.first);
            break;
        case condition::EITHER:
        case condition::GREATEST:
        case condition::SYNONYM:
            for (const auto &part : wanted.parts)
                add(out, *part);
            break;
        case condition::BOTH:
        case condition::FILTER:
            out.add_all(all_with_each(wanted.parts));
            break;
        case condition::MAYBE:
        case condition::SCALED:
            add(out, *wanted.parts[0]);
            break;
        case condition::BUT_NOT:
        case condition::TESTED: {
            docid_set found = all_with(*wanted.parts[0]);
            keep_rest(found, wanted);
            out.add_all(found);
            break;
        }
        case condition::RANGE:
            add_range(out, wanted);
            break;
        }
    }
    void add_postings(docid_set &out, const std::string &term)
    {
        each_posting(term, nullptr, [&](Xapian::docid docid, const Xapian::PostingIterator &) { out.add(docid); });
    }
    static bool is_in_range(const std::string &value, const condition &wanted)
    {
        return value >= wanted.first && (wanted.last.empty() || value <= wanted.last);
    }
    void add_range(docid_set &out, const condition &wanted)
    {
        value_reader values(database, wanted.slot);
        for (Xapian::docid docid = 1; values.move_to(docid); docid++) {
            docid = values.docid();
            if (is_in_range(values.get(), wanted))
                out.add(docid);
            time.step(POSTINGS_A_LOOK);
        }
    }
    docid_set all_with_each(std::vector<std::shared_ptr<const condition>> parts)
    {
        std::stable_sort(parts.begin(), parts.end(),
                         [&](const auto &left, const auto &right) { return cost_of(*left) < cost_of(*right); });
        docid_set found = all_with(*parts[0]);
        for (size_t i = 1; i < parts.size(); i++)
            keep(found, *parts[i]);
        return found;
    }
    /* To look at a range is to look at every value; to test is dearest. */
    uint64_t cost_of(const condition &wanted) const
    {
        uint64_t all = database.get_doccount();
        return most_with(wanted) + (wanted.is == condition::RANGE ? all : wanted.is == condition::TESTED ? 2 * all : 0);
    }
    /* Take out of `found` what has not what is wanted. */
    void keep(docid_set &found, const condition &wanted)
    {
        switch (wanted.is) {
        case condition::NONE:
            found = docid_set(last);
            break;
        case condition::ALL:
            break;
        case condition::TERM:
            keep_postings(found, wanted.first);
            break;
        case condition::EITHER:
        case condition::GREATEST:
        case condition::SYNONYM:
            keep_either(found, wanted);
            break;
        case condition::MAYBE:
        case condition::SCALED:
            keep(found, *wanted.parts[0]);
            break;
        case condition::BOTH:
        case condition::FILTER:
            for (const auto &part : wanted.parts)
                keep(found, *part);
            break;
        case condition::BUT_NOT:
        case condition::TESTED:
            keep(found, *wanted.parts[0]);
            keep_rest(found, wanted);
            break;
        case condition::RANGE: {
            value_reader values(database, wanted.slot);
            found.keep_if([&](Xapian::docid docid) {
                time.step(POSTINGS_A_LOOK);
                return values.find(docid) && is_in_range(values.get(), wanted);
            });
            break;
        }
        }
    }
    void keep_postings(docid_set &found, const std::string &term)
    {
        docid_set having(last);
        each_posting(term, &found, [&](Xapian::docid docid, const Xapian::PostingIterator &) { having.add(docid); });
        found = having;
    }
    void keep_either(docid_set &found, const condition &wanted)
    {
        docid_set kept(last);
        for (const auto &part : wanted.parts) {
            docid_set having = found;
            keep(having, *part);
            found.take_out(having);
            kept.add_all(having);
        }
        found = kept;
    }
    /* Of those that have the first part. */
    void keep_rest(docid_set &found, const condition &wanted)
    {
        if (wanted.is == condition::TESTED) {
            keep_tested(found, wanted);
            return;
        }
        for (size_t i = 1; i < wanted.parts.size(); i++) {
            docid_set having = found;
            keep(having, *wanted.parts[i]);
            found.take_out(having);
        }
    }
    void keep_tested(docid_set &found, const condition &wanted)
    {
        value_reader values(database, wanted.slot);
        test_memory &memory = *wanted.memory;
        if (!memory.is_in_use) {
            memory = test_memory{true, docid_set(last), docid_set(last)};
            memories.push_back(wanted.memory);
        }
        found.keep_if([&](Xapian::docid docid) {
            if (memory.known.has(docid))
                return memory.passed.has(docid);
            time.step(TESTS_A_LOOK);
            std::string value = values.find(docid) ? values.get() : std::string();
            bool passes = !value.empty() && wanted.test({value.data(), value.size()}, wanted.payload);
            memory.known.add(docid);
            if (passes)
                memory.passed.add(docid);
            return passes;
        });
    }

    const Xapian::Database &database;
    deadline &time;
    Xapian::docid last;
    std::vector<std::shared_ptr<test_memory>> memories{};
};

/* --- which may be among the best --- */

/* Weighs documents as BM25Weight does, but for the last digits: to tell which may be among the best, of which Xapian
 * then says the order. It reads each list of postings once and the lengths from memory, where Xapian seeks the length
 * of every match. */
class weigher
{
  public:
    using weights = std::vector<float>; /* by document */

    weigher(const Xapian::Database &database_, matcher &all_, const std::vector<uint32_t> &lengths_,
            const struct xapian_bm25 &bm25_)
        : database(database_), all(all_), lengths(lengths_), bm25(bm25_), average(database_.get_avlength())
    {
    }
    /* Whether any of some may match, of which many are looked at. Filters leave few, which Xapian skips to; synonyms
     * weigh by how many documents have any of them, which only Xapian's own estimate tells. */
    static bool is_for(const condition &wanted)
    {
        if (wanted.is == condition::EITHER || wanted.is == condition::GREATEST || wanted.is == condition::SCALED)
            return std::all_of(wanted.parts.begin(), wanted.parts.end(), [](const auto &part) {
                return is_for(*part) || part->is == condition::TESTED || part->is == condition::BOTH;
            });
        return wanted.is == condition::TERM;
    }
    /* The weights, and which documents match. */
    weights weigh(docid_set &matches, const condition &wanted)
    {
        weights sums(lengths.size());
        add(sums, matches, nullptr, wanted, 1);
        return sums;
    }

  private:
    /* To those in `only`; null: to all. What matches goes into `matches`. */
    void add(weights &sums, docid_set &matches, const docid_set *only, const condition &wanted, double factor)
    {
        switch (wanted.is) {
        case condition::NONE:
        case condition::SYNONYM:
            break;
        case condition::ALL:
        case condition::RANGE:
            matches.add_all(matching(only, wanted));
            break;
        case condition::TERM:
            add_term(sums, matches, only, wanted.first, factor);
            break;
        case condition::EITHER:
            add_each(sums, matches, only, wanted, factor);
            break;
        case condition::GREATEST:
            add_greatest(sums, matches, only, wanted, factor);
            break;
        case condition::SCALED:
            add(sums, matches, only, *wanted.parts[0], factor * wanted.factor);
            break;
        case condition::BOTH:
        case condition::MAYBE: {
            docid_set found = matching(only, wanted);
            docid_set unused = found;
            add_each(sums, unused, &found, wanted, factor);
            matches.add_all(found);
            break;
        }
        case condition::FILTER:
        case condition::BUT_NOT:
        case condition::TESTED: {
            docid_set found = matching(only, wanted);
            docid_set unused = found;
            const condition &weighing = *wanted.parts[0];
            if (weighing.is == condition::BOTH) /* all that was found has each of its parts */
                add_each(sums, unused, &found, weighing, factor);
            else
                add(sums, unused, &found, weighing, factor);
            matches.add_all(found);
            break;
        }
        }
    }
    docid_set matching(const docid_set *only, const condition &wanted)
    {
        docid_set found = all.all_with(wanted);
        if (only)
            found.keep_all(*only);
        return found;
    }
    void add_each(weights &sums, docid_set &matches, const docid_set *only, const condition &wanted, double factor)
    {
        for (const auto &part : wanted.parts)
            add(sums, matches, only, *part, factor);
    }
    void add_greatest(weights &sums, docid_set &matches, const docid_set *only, const condition &wanted, double factor)
    {
        weights greatest(lengths.size());
        for (const auto &part : wanted.parts) {
            weights of_part(lengths.size());
            add(of_part, matches, only, *part, factor);
            for (size_t i = 0; i < greatest.size(); i++)
                greatest[i] = std::max(greatest[i], of_part[i]);
        }
        for (size_t i = 0; i < greatest.size(); i++)
            sums[i] += greatest[i];
    }
    void add_term(weights &sums, docid_set &matches, const docid_set *only, const std::string &term, double factor)
    {
        double having = database.get_termfreq(term);
        double rarity = (database.get_doccount() - having + 0.5) / (having + 0.5);
        if (rarity < 2) /* as BM25Weight keeps the weights of frequent terms above nothing */
            rarity = rarity * 0.5 + 1;
        auto weight = static_cast<float>(std::log(rarity) * factor * (bm25.k1 + 1));
        auto fixed = static_cast<float>(bm25.k1 * (1 - bm25.b));
        auto by_length = static_cast<float>(average > 0 ? bm25.k1 * bm25.b / average : 0);
        all.each_posting(term, only, [&](Xapian::docid docid, const Xapian::PostingIterator &posting) {
            auto wdf = static_cast<float>(posting.get_wdf());
            matches.add(docid);
            sums[docid] += weight * wdf / (fixed + by_length * static_cast<float>(lengths[docid]) + wdf);
        });
    }

    const Xapian::Database &database;
    matcher &all;
    const std::vector<uint32_t> &lengths;
    const struct xapian_bm25 &bm25;
    double average;
};

/* These documents and no others. */
class chosen_documents : public Xapian::PostingSource
{
  public:
    explicit chosen_documents(std::shared_ptr<const std::vector<Xapian::docid>> chosen_) : chosen(std::move(chosen_))
    {
    }
    PostingSource *clone() const override
    {
        return new chosen_documents(chosen);
    }
    void init(const Xapian::Database &) override
    {
        next_at = 0;
        set_maxweight(0.0);
    }
    Xapian::doccount get_termfreq_min() const override
    {
        return static_cast<Xapian::doccount>(chosen->size());
    }
    Xapian::doccount get_termfreq_est() const override
    {
        return get_termfreq_min();
    }
    Xapian::doccount get_termfreq_max() const override
    {
        return get_termfreq_min();
    }
    void next(double) override
    {
        next_at++;
    }
    void skip_to(Xapian::docid docid, double) override
    {
        auto from = chosen->begin() + static_cast<std::ptrdiff_t>(next_at ? next_at - 1 : 0);
        next_at = static_cast<size_t>(std::lower_bound(from, chosen->end(), docid) - chosen->begin()) + 1;
    }
    bool at_end() const override
    {
        return next_at > chosen->size();
    }
    Xapian::docid get_docid() const override
    {
        return (*chosen)[next_at - 1];
    }
    std::string get_description() const override
    {
        return "chosen";
    }

  private:
    std::shared_ptr<const std::vector<Xapian::docid>> chosen;
    size_t next_at = 0; /* place of the current one, and one more */
};

} // namespace matching

#endif
