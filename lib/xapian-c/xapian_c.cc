#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow" /* struct xapian_search and the function, which hides a constructor here */
#include "xapian-c/xapian_c.h"
#pragma GCC diagnostic pop

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "xapian-c/matching.hh"

extern "C" {
#include "base/buffer.h"
#include "base/memory.h"
#include "base/words.h"
}

static_assert(sizeof(Xapian::docid) == sizeof(xapian_docid) && sizeof(Xapian::valueno) == sizeof(xapian_slot) &&
                  sizeof(Xapian::doccount) == sizeof(uint32_t),
              "libxapian was built with 64-bit numbers");

/* Tells a folder from one that takes its place under the same name. */
class folder_identity
{
  public:
    explicit folder_identity(const std::string &path)
    {
        struct stat info;
        if (stat(path.c_str(), &info) == 0) {
            device = info.st_dev;
            inode = info.st_ino;
        }
    }
    /* False when there was no folder before. */
    bool is_another(const folder_identity &now) const
    {
        return inode != 0 && (device != now.device || inode != now.inode);
    }

  private:
    dev_t device = 0;
    ino_t inode = 0;
};

/* What the handles hold. */

struct xapian_document {
    Xapian::Document document;
};

struct xapian_writer {
    Xapian::WritableDatabase database; /* always inside a transaction, so that destroying it drops what is pending */
    std::string path;
    int folder_fd;
    bool has_failed = false;

    xapian_writer(const std::string &folder, int flags) : database(folder, flags), path(folder)
    {
        database.begin_transaction();
        folder_fd = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    ~xapian_writer()
    {
        if (folder_fd >= 0)
            close(folder_fd);
    }
    xapian_writer(const xapian_writer &) = delete;
    xapian_writer &operator=(const xapian_writer &) = delete;
};

namespace
{

struct kept_values;

} // namespace

using namespace matching;

struct xapian_reader {
    Xapian::Database database;
    std::string path;                            /* empty: remote, or several */
    folder_identity folder{std::string()};       /* that it was opened in; none for a writer's */
    std::vector<struct xapian_reader *> parts{}; /* of one that is joined */
    bool is_remote = false;
    std::shared_ptr<kept_values> kept{};
};

struct xapian_query {
    Xapian::Query query;
    std::shared_ptr<const condition> matching; /* the same but for the weights */
    bool has_tests = false;                    /* which cost much more than to look a match up */
};

namespace
{

struct hit {
    xapian_docid docid;
    double weight;
};

struct facet_value {
    std::string value;
    uint32_t matches;
};

} // namespace

struct xapian_results {
    std::vector<hit> hits;
    uint32_t matches;
    bool is_exact;
    std::vector<std::vector<facet_value>> facets;
};

namespace
{

/* --- from exceptions to statuses ---------------------------------------------------------------------------- */

/* Statuses of Xapian's exceptions by the name of their class. */
constexpr struct {
    const char *type;
    enum delib_status status;
} STATUS_OF_TYPE[] = {
    {"DatabaseModifiedError", DELIB_MODIFIED},
    {"DatabaseNotFoundError", DELIB_NOT_FOUND},
    {"DatabaseVersionError", DELIB_VERSION},
    {"DatabaseCorruptError", DELIB_CORRUPT},
    {"DatabaseCreateError", DELIB_IO},
    {"DatabaseClosedError", DELIB_BUG},
    {"RangeError", DELIB_CORRUPT}, /* a stored number is too large */
    {"SerialisationError", DELIB_CORRUPT},
    {"DocNotFoundError", DELIB_NOT_FOUND},
    {"InvalidArgumentError", DELIB_INVALID},
    {"InvalidOperationError", DELIB_UNSUPPORTED},
    {"UnimplementedError", DELIB_UNSUPPORTED},
    {"FeatureUnavailableError", DELIB_UNSUPPORTED},
    {"NetworkError", DELIB_UNREACHABLE},
    {"NetworkTimeoutError", DELIB_UNREACHABLE},
};

/* A DatabaseError comes with the system's reason when the system refused something; a missing table file is refused
 * too, but then it is the database that is broken. Without a reason Xapian found nonsense in a file. */
enum delib_status status_of_database_error(const char *reason)
{
    return reason && std::strcmp(reason, std::strerror(ENOENT)) != 0 ? DELIB_IO : DELIB_CORRUPT;
}

enum delib_status fail_as(enum delib_status otherwise, struct delib_error *error, const Xapian::Error &thrown)
{
    enum delib_status status = otherwise;
    for (const auto &row : STATUS_OF_TYPE)
        if (std::strcmp(row.type, thrown.get_type()) == 0)
            status = row.status;
    const char *reason = thrown.get_error_string();
    return delib_fail(error, status, "%s%s%s", thrown.get_msg().c_str(), reason ? ": " : "", reason ? reason : "");
}

/* Runs `body`, which gives a status; whatever it throws becomes one. */
template <typename Body> enum delib_status attempt(struct delib_error *error, Body body) noexcept
{
    try {
        return body();
    } catch (const Xapian::DatabaseError &thrown) {
        return fail_as(status_of_database_error(thrown.get_error_string()), error, thrown);
    } catch (const Xapian::Error &thrown) {
        return fail_as(DELIB_BUG, error, thrown);
    } catch (const std::bad_alloc &) {
        memory_exhausted();
    } catch (const std::logic_error &thrown) { /* a length or offset read from a damaged table */
        return delib_fail(error, DELIB_CORRUPT, _("the database is damaged: %s"), thrown.what());
    } catch (const std::exception &thrown) {
        return delib_fail(error, DELIB_BUG, _("unexpected exception: %s"), thrown.what());
    } catch (...) {
        return delib_fail(error, DELIB_BUG, _("unexpected exception of unknown type"));
    }
}

/* When memory or the disk fails Xapian again while it takes back what failed first, it throws where nothing may be
 * thrown. */
[[noreturn]] void give_up()
{
    memory_end(
        "Xapian failed while it took back a failed change (out of memory, or a disk error): what was committed is "
        "safe; see to that and run again");
}
[[maybe_unused]] const std::terminate_handler default_end = std::set_terminate(give_up);

/* For functions that can only run out of memory: anything else that is thrown ends the program. */
template <typename Body> auto infallible(Body body) noexcept
{
    try {
        return body();
    } catch (const std::bad_alloc &) {
        memory_exhausted();
    }
}

/* An attempt on the database at `path`, which a message about it names. */
template <typename Body> enum delib_status attempt_at(const char *path, struct delib_error *error, Body body) noexcept
{
    enum delib_status status = attempt(error, body);
    return status == DELIB_OK || !error ? status : delib_fail_in(error, path);
}

/* An attempt to change the database, after which the writer is of no use when it fails. */
template <typename Body>
enum delib_status attempt_change(struct xapian_writer *writer, struct delib_error *error, Body body)
{
    if (writer->has_failed)
        return delib_fail(error, DELIB_BUG, _("a change failed before: the writer must be freed"));
    enum delib_status status = attempt_at(writer->path.c_str(), error, body);
    writer->has_failed = status != DELIB_OK;
    return status;
}

/* Opens the files of one folder and not some of another that takes its place meanwhile. */
template <typename Open> auto open_in_one_folder(const std::string &path, Open open_files)
{
    for (;;) {
        folder_identity before(path);
        try {
            auto opened = open_files();
            if (!before.is_another(folder_identity(path)))
                return opened;
        } catch (const Xapian::DatabaseError &) {
            if (!before.is_another(folder_identity(path)))
                throw;
        }
    }
}

std::unique_ptr<xapian_reader> reader_at(const std::string &path)
{
    return open_in_one_folder(path, [&] {
        folder_identity folder(path);
        return std::make_unique<xapian_reader>(
            xapian_reader{Xapian::Database(path, Xapian::DB_BACKEND_GLASS), path, folder});
    });
}

/* --- slices and strings ------------------------------------------------------------------------------------- */

std::string string_of(struct slice bytes)
{
    return bytes.len ? std::string(bytes.bytes, bytes.len) : std::string();
}

struct slice slice_of_string(const std::string &string)
{
    return {string.data(), string.size()};
}

void copy_out(char **out, size_t *len, const std::string &string)
{
    *out = memory_dup(string.data(), string.size());
    *len = string.size();
}

/* Checked before Xapian sees the term: it would find out only while it writes, and drop everything pending. */
enum delib_status check_term(struct slice term, struct delib_error *error)
{
    size_t nul_count = term.len ? static_cast<size_t>(std::count(term.bytes, term.bytes + term.len, '\0')) : 0;
    if (term.len == 0)
        return delib_fail(error, DELIB_INVALID, _("a term must not be empty"));
    if (term.len + nul_count > XAPIAN_TERM_MAX_BYTES)
        return delib_fail(error, DELIB_INVALID, _("term of %zu bytes, at most %d are allowed (NUL is two)"),
                          term.len + nul_count, XAPIAN_TERM_MAX_BYTES);
    return DELIB_OK;
}

/* --- locks -------------------------------------------------------------------------------------------------- */

bool has_open(const std::string &fd_folder, const struct stat &file)
{
    DIR *fds = opendir(fd_folder.c_str());
    if (!fds)
        return false; /* another user's process */
    bool found = false;
    while (const struct dirent *entry = found ? nullptr : readdir(fds)) {
        struct stat opened;
        found = fstatat(dirfd(fds), entry->d_name, &opened, 0) == 0 && opened.st_dev == file.st_dev &&
                opened.st_ino == file.st_ino;
    }
    closedir(fds);
    return found;
}

/* The process that has `path` open, by its number; empty when it cannot be told. Xapian's lock itself names none, as it
 * belongs to an open file description. */
std::string process_with_open(const std::string &path)
{
    struct stat file;
    DIR *processes = stat(path.c_str(), &file) == 0 ? opendir("/proc") : nullptr;
    if (!processes)
        return "";
    std::string holder;
    while (const struct dirent *entry = holder.empty() ? readdir(processes) : nullptr) {
        std::string name = entry->d_name;
        if (name.find_first_not_of("0123456789") == std::string::npos && has_open("/proc/" + name + "/fd", file))
            holder = name;
    }
    closedir(processes);
    return holder;
}

/* Only the message tells a lock that another holds from a lock file that cannot be opened, or not be locked. */
enum delib_status fail_locked(struct delib_error *error, const std::string &path,
                              const Xapian::DatabaseLockError &thrown)
{
    const std::string &message = thrown.get_msg();
    if (message.find("already locked") == std::string::npos)
        return delib_fail(error, DELIB_IO, "%s", message.c_str());
    std::string holder = process_with_open(path + "/flintlock");
    return delib_fail(error, DELIB_LOCKED, "already locked%s%s", holder.empty() ? "" : " by process ", holder.c_str());
}

/* --- writing ------------------------------------------------------------------------------------------------ */

bool has_database(const std::string &path)
{
    return access((path + "/iamglass").c_str(), F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

/* commit_transaction ends the transaction also when it fails, and outside one the destructor would commit the rest. */
void commit_and_go_on(Xapian::WritableDatabase &database)
{
    try {
        database.commit_transaction();
    } catch (...) {
        database.begin_transaction(false);
        throw;
    }
    database.begin_transaction();
}

/* --- questions ---------------------------------------------------------------------------------------------- */

Xapian::Query::op op_of(enum xapian_operator op)
{
    switch (op) {
    case XAPIAN_OR:
        return Xapian::Query::OP_OR;
    case XAPIAN_AND:
        return Xapian::Query::OP_AND;
    case XAPIAN_AND_NOT:
        return Xapian::Query::OP_AND_NOT;
    case XAPIAN_AND_MAYBE:
        return Xapian::Query::OP_AND_MAYBE;
    case XAPIAN_FILTER:
        return Xapian::Query::OP_FILTER;
    case XAPIAN_SYNONYM:
        return Xapian::Query::OP_SYNONYM;
    case XAPIAN_MAX:
        return Xapian::Query::OP_MAX;
    }
    throw Xapian::InvalidArgumentError("no such operator");
}

Xapian::Query combine(enum xapian_operator op, struct xapian_query **queries, size_t count)
{
    std::vector<Xapian::Query> operands;
    for (size_t i = 0; i < count; i++)
        operands.push_back(queries[i]->query);
    return Xapian::Query(op_of(op), operands.begin(), operands.end());
}

std::shared_ptr<const condition> combined_condition(enum xapian_operator op, struct xapian_query **queries,
                                                    size_t count)
{
    condition whole;
    if (count == 0)
        return std::make_shared<condition>(whole);
    if (count == 1)
        return queries[0]->matching;
    whole.is = kind_of(op);
    for (size_t i = 0; i < count; i++)
        whole.parts.push_back(queries[i]->matching);
    return std::make_shared<condition>(whole);
}

template <typename Make> struct xapian_query *query_by(const condition &matching, Make make) noexcept
{
    return infallible([&] { return new xapian_query{make(), std::make_shared<condition>(matching)}; });
}

/* The values of a slot as numbers, document by document: whoever counts again and again looks there instead of into the
 * table. */
struct value_column {
    std::vector<uint32_t> codes{};     /* by document: 0, or a value's place in `values` and one more */
    std::vector<std::string> values{}; /* in byte order */
};

/* What a reader keeps of what it has looked at, as long as the database is what it was. */
struct kept_values {
    std::vector<Xapian::rev> revisions{}; /* of its parts */
    std::map<Xapian::valueno, unsigned> asked{};
    std::map<Xapian::valueno, value_column> columns{};
    unsigned asked_lengths = 0;
    std::vector<uint32_t> lengths{}; /* of each document */
};

enum : unsigned {
    DOCUMENTS_KEPT = 4000000, /* 16 MiB a slot; of more documents nothing is kept */
    TIMES_UNKEPT = 1          /* who asks once, as a program for one question, keeps nothing */
};

value_column read_column(const Xapian::Database &database, Xapian::valueno slot, deadline &time)
{
    static constexpr uint32_t VALUES_A_LOOK = 1024;
    value_column column;
    std::unordered_map<std::string, uint32_t> code_of;
    std::vector<std::pair<std::string, uint32_t>> sorted;
    value_reader values(database, slot);
    column.codes.resize(database.get_lastdocid() + 1U);
    for (Xapian::docid docid = 1; values.move_to(docid); docid++) {
        docid = values.docid();
        column.codes[docid] =
            code_of.try_emplace(values.get(), static_cast<uint32_t>(code_of.size() + 1)).first->second;
        time.step(VALUES_A_LOOK);
    }
    sorted.assign(code_of.begin(), code_of.end());
    std::sort(sorted.begin(), sorted.end());
    std::vector<uint32_t> in_order(sorted.size() + 1);
    for (const auto &[value, code] : sorted) {
        column.values.push_back(value);
        in_order[code] = static_cast<uint32_t>(column.values.size());
    }
    for (uint32_t &code : column.codes)
        code = in_order[code];
    return column;
}

std::vector<Xapian::rev> revisions_of(struct xapian_reader *reader)
{
    std::vector<Xapian::rev> revisions;
    for (size_t i = 0; i < xapian_reader_part_count(reader); i++)
        revisions.push_back(xapian_reader_part(reader, i)->database.get_revision());
    return revisions;
}

/* Null for a database of too many documents. */
kept_values *kept_by(struct xapian_reader *reader)
{
    if (reader->database.get_lastdocid() > DOCUMENTS_KEPT)
        return nullptr;
    std::vector<Xapian::rev> revisions = revisions_of(reader);
    if (!reader->kept || reader->kept->revisions != revisions) {
        reader->kept = std::make_shared<kept_values>();
        reader->kept->revisions = revisions;
    }
    return reader->kept.get();
}

/* The slot's column once it was asked for more often than TIMES_UNKEPT; else null. */
const value_column *kept_column(struct xapian_reader *reader, Xapian::valueno slot, deadline &time)
{
    if (!kept_by(reader))
        return nullptr;
    auto found = reader->kept->columns.find(slot);
    if (found != reader->kept->columns.end())
        return &found->second;
    if (reader->kept->asked[slot]++ < TIMES_UNKEPT)
        return nullptr;
    return &(reader->kept->columns[slot] = read_column(reader->database, slot, time));
}

/* The lengths of all documents, likewise. */
const std::vector<uint32_t> *kept_lengths(struct xapian_reader *reader, deadline &time)
{
    static constexpr uint32_t LENGTHS_A_LOOK = 1024;
    if (!kept_by(reader) || (reader->kept->lengths.empty() && reader->kept->asked_lengths++ < TIMES_UNKEPT))
        return nullptr;
    if (reader->kept->lengths.empty()) {
        const Xapian::Database &database = reader->database;
        std::vector<uint32_t> lengths(database.get_lastdocid() + 1U);
        for (auto document = database.postlist_begin(std::string()); document != database.postlist_end(std::string());
             ++document) {
            lengths[*document] = document.get_doclength();
            time.step(LENGTHS_A_LOOK);
        }
        reader->kept->lengths = std::move(lengths);
    }
    return &reader->kept->lengths;
}

/* How many documents have each value of a slot: by its column, or from the table. */
class value_counter
{
  public:
    value_counter(struct xapian_reader *reader, Xapian::valueno slot, deadline &time)
        : column(kept_column(reader, slot, time)), values(reader->database, slot),
          by_code(column ? column->values.size() + 1 : 0)
    {
    }
    void count(Xapian::docid docid)
    {
        if (column) {
            by_code[column->codes[docid]]++;
            return;
        }
        if (!values.find(docid))
            return;
        std::string value = values.get();
        if (!same || same->first != value) /* neighbours are often alike */
            same = &*counts.try_emplace(std::move(value), 0).first;
        same->second++;
    }
    std::vector<facet_value> sorted() const
    {
        std::vector<facet_value> all;
        for (size_t code = 1; code < by_code.size(); code++)
            if (by_code[code] > 0)
                all.push_back({column->values[code - 1], by_code[code]});
        for (const auto &[value, matches] : counts)
            all.push_back({value, matches});
        if (!column)
            std::sort(all.begin(), all.end(),
                      [](const facet_value &left, const facet_value &right) { return left.value < right.value; });
        return all;
    }

  private:
    const value_column *column;
    value_reader values;
    std::vector<uint32_t> by_code;
    std::unordered_map<std::string, uint32_t> counts{};
    std::pair<const std::string, uint32_t> *same = nullptr;
};

/* Counts the values of every match; when the time is over, says of how many. */
void count_facets(struct xapian_results &results, struct xapian_reader *reader, const docid_set &matches,
                  const struct xapian_search *search, deadline &time)
{
    static constexpr uint32_t MATCHES_A_LOOK = 64; /* some ten microseconds of counting */
    std::deque<value_counter> counters;
    uint32_t seen = 0;
    for (size_t i = 0; i < search->facet_count; i++)
        counters.emplace_back(reader, search->facet_slots[i], time);
    try {
        matches.each([&](Xapian::docid docid) {
            time.step(MATCHES_A_LOOK);
            for (value_counter &counter : counters)
                counter.count(docid);
            seen++;
        });
    } catch (const time_is_over &) {
        results.matches = seen;
        results.is_exact = false;
    }
    for (const value_counter &counter : counters)
        results.facets.push_back(counter.sorted());
}

/* Sees every match that Xapian looks at. */
class seen_in_time : public Xapian::MatchSpy
{
  public:
    explicit seen_in_time(deadline &time_) : time(time_)
    {
    }
    void operator()(const Xapian::Document &, double) override
    {
        seen++;
        time.step(MATCHES_A_LOOK);
    }
    uint32_t matches_seen() const
    {
        return seen;
    }

  private:
    static constexpr uint32_t MATCHES_A_LOOK = 64; /* some ten microseconds of counting */
    deadline &time;
    uint32_t seen = 0;
};

void set_order(Xapian::Enquire &enquire, const struct xapian_search *search)
{
    const struct xapian_bm25 &bm25 = search->bm25;
    enquire.set_weighting_scheme(Xapian::BM25Weight(bm25.k1, 0, bm25.k3, bm25.b, bm25.min_normlen));
    if (search->sort == XAPIAN_SORT_RELEVANCE_VALUE)
        enquire.set_sort_by_relevance_then_value(search->sort_slot, false);
    else if (search->sort != XAPIAN_SORT_RELEVANCE)
        enquire.set_sort_by_value_then_relevance(search->sort_slot, search->sort == XAPIAN_SORT_VALUE_DESCENDING);
}

std::vector<facet_value> values_counted(const Xapian::ValueCountMatchSpy &spy)
{
    std::vector<facet_value> values;
    for (auto value = spy.values_begin(); value != spy.values_end(); ++value)
        values.push_back({*value, value.get_termfreq()});
    return values;
}

void copy_hits(struct xapian_results &results, const Xapian::MSet &found)
{
    for (auto match = found.begin(); match != found.end(); ++match)
        results.hits.push_back({*match, match.get_weight()});
    results.matches = found.get_matches_estimated();
    results.is_exact = found.get_matches_lower_bound() == found.get_matches_upper_bound();
}

/* Only the results asked for: matches that cannot be among them are skipped. To sort by a value is to look at all. */
void find(struct xapian_results &results, Xapian::Enquire &enquire, const struct xapian_search *search)
{
    bool by_relevance = search->sort == XAPIAN_SORT_RELEVANCE || search->sort == XAPIAN_SORT_RELEVANCE_VALUE;
    bool sees_all = !by_relevance && search->limit > 0;
    copy_hits(results, enquire.get_mset(search->offset, search->limit, sees_all ? UINT32_MAX : 0));
}

/* Nothing is to be returned, so nothing is weighed: with a weight of 0 Xapian leaves out whatever only adds weight. */
void weigh_nothing(Xapian::Enquire &enquire)
{
    enquire.set_query(Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, enquire.get_query(), 0.0));
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_docid_order(Xapian::Enquire::DONT_CARE);
    enquire.set_sort_by_relevance();
}

/* Looks at every match, then counts its values; when the time is over, keeps what was counted and only finds. */
void find_and_count(struct xapian_results &results, Xapian::Enquire &enquire, Xapian::doccount documents,
                    const struct xapian_search *search)
{
    deadline limit(search->time_limit_ms);
    seen_in_time time(limit);
    if (search->time_limit_ms)
        enquire.add_matchspy(&time);
    std::deque<Xapian::ValueCountMatchSpy> spies;
    for (size_t i = 0; i < search->facet_count; i++)
        enquire.add_matchspy(&spies.emplace_back(search->facet_slots[i]));
    if (search->limit == 0)
        weigh_nothing(enquire);
    try {
        copy_hits(results, enquire.get_mset(search->offset, search->limit, documents));
        enquire.clear_matchspies();
    } catch (const time_is_over &) {
        enquire.clear_matchspies();
        find(results, enquire, search);
        results.matches = time.matches_seen();
        results.is_exact = false;
    }
    for (const auto &spy : spies)
        results.facets.push_back(values_counted(spy));
}

constexpr float WEIGHT_MARGIN = 1e-4F;          /* of floats added up; what Xapian says is held against it */
constexpr Xapian::doccount FEW_POSTINGS = 1000; /* which Xapian weighs at once */

/* Those of the matches that may be among the first `count`. */
std::vector<Xapian::docid> may_be_best(const docid_set &matches, const weigher::weights &weights, size_t count)
{
    std::vector<float> best;
    std::vector<Xapian::docid> chosen;
    float least = 0;
    matches.each([&](Xapian::docid docid) { best.push_back(weights[docid]); });
    if (best.size() > count && count > 0) {
        auto last = best.begin() + static_cast<std::ptrdiff_t>(count - 1);
        std::nth_element(best.begin(), last, best.end(), std::greater<float>());
        least = *last * (1 - WEIGHT_MARGIN);
    }
    matches.each([&](Xapian::docid docid) {
        if (weights[docid] >= least)
            chosen.push_back(docid);
    });
    return chosen;
}

bool are_alike(const std::vector<hit> &hits, const weigher::weights &weights)
{
    return std::all_of(hits.begin(), hits.end(), [&](const hit &one) {
        return std::abs(one.weight - static_cast<double>(weights[one.docid])) <=
               static_cast<double>(WEIGHT_MARGIN) / 2 * one.weight + 1e-9;
    });
}

/* What a reader that searches again and again finds the best by; neither is there the first time. */
struct shortcut {
    const std::vector<uint32_t> *lengths = nullptr; /* for a weigher */
    const value_column *column = nullptr;           /* to sort what weighs nothing by */
};

shortcut shortcut_for(struct xapian_reader *reader, const matcher &all, const struct xapian_query *query,
                      const struct xapian_search *search, deadline &time)
{
    shortcut found;
    const condition &wanted = *query->matching;
    if (search->limit == 0 || search->limit > UINT32_MAX - search->offset)
        return found;
    if (search->sort != XAPIAN_SORT_RELEVANCE) {
        if (is_weightless(wanted))
            found.column = kept_column(reader, search->sort_slot, time);
    } else if (reader->parts.empty() && weigher::is_for(wanted) && all.most_with(wanted) >= FEW_POSTINGS) {
        found.lengths = kept_lengths(reader, time);
    }
    return found;
}

/* The best of the matches, by Xapian, of those that a weigher finds; false when the two do not agree. */
bool find_among_best(struct xapian_results &results, Xapian::Enquire &enquire, const weigher::weights &weights,
                     const docid_set &matches, const struct xapian_search *search)
{
    auto chosen = std::make_shared<const std::vector<Xapian::docid>>(
        may_be_best(matches, weights, search->offset + search->limit));
    Xapian::Query whole = enquire.get_query();
    Xapian::Query among((new chosen_documents(chosen))->release());
    enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER, whole, among));
    find(results, enquire, search);
    enquire.set_query(whole);
    if (are_alike(results.hits, weights))
        return true;
    results.hits.clear();
    return false;
}

/* Matches that weigh nothing, in the order of a column. */
void find_by_column(struct xapian_results &results, const value_column &column, const docid_set &matches,
                    const struct xapian_search *search)
{
    bool descending = search->sort == XAPIAN_SORT_VALUE_DESCENDING;
    auto comes_before = [&](Xapian::docid left, Xapian::docid right) {
        uint32_t of_left = column.codes[left];
        uint32_t of_right = column.codes[right];
        return of_left != of_right ? (of_left < of_right) != descending : left < right;
    };
    std::vector<Xapian::docid> sorted;
    matches.each([&](Xapian::docid docid) { sorted.push_back(docid); });
    size_t from = std::min<size_t>(search->offset, sorted.size());
    size_t to = from + std::min<size_t>(search->limit, sorted.size() - from);
    auto end = sorted.begin() + static_cast<std::ptrdiff_t>(to);
    std::partial_sort(sorted.begin(), end, sorted.end(), comes_before);
    for (auto docid = sorted.begin() + static_cast<std::ptrdiff_t>(from); docid != end; ++docid)
        results.hits.push_back({*docid, 0});
}

/* Every match by the matcher, and the best by Xapian, which skips those that cannot be among them, or by a shortcut:
 * that takes less than to weigh every match there. What a test told of a match is told once. */
void count_and_find(struct xapian_results &results, Xapian::Enquire &enquire, struct xapian_reader *reader,
                    const struct xapian_query *query, const struct xapian_search *search)
{
    const Xapian::Database &database = reader->database;
    bool is_found = false;
    deadline time(search->time_limit_ms);
    matcher all(database, time);
    try {
        shortcut by = shortcut_for(reader, all, query, search, time);
        if (!by.lengths && !by.column && !query->has_tests) {
            find(results, enquire, search);
            is_found = true;
            if (results.is_exact && search->facet_count == 0)
                return;
        }
        docid_set matches(database.get_lastdocid());
        if (by.lengths) {
            weigher weighing(database, all, *by.lengths, search->bm25);
            weigher::weights weights = weighing.weigh(matches, *query->matching);
            is_found = find_among_best(results, enquire, weights, matches, search);
        } else {
            matches = all.all_with(*query->matching);
        }
        if (by.column)
            find_by_column(results, *by.column, matches, search);
        else if (!is_found)
            find(results, enquire, search);
        is_found = true;
        results.matches = matches.count();
        results.is_exact = true;
        if (search->facet_count > 0)
            count_facets(results, reader, matches, search, time);
    } catch (const time_is_over &) {
        if (!is_found) {
            results.hits.clear();
            find(results, enquire, search);
        }
        deadline none(0);
        docid_set found(database.get_lastdocid());
        for (const hit &one : results.hits)
            found.add(one.docid);
        count_facets(results, reader, found, search, none);
        results.matches = static_cast<uint32_t>(results.hits.size());
        results.is_exact = false;
    }
}

/* Whether the matcher can look at the documents: those of other machines are counted there, and a test of the joined
 * parts does not know which documents it sees. */
bool is_matched_here(const struct xapian_reader *reader, const struct xapian_query *query)
{
    return !xapian_reader_has_remote(reader) && (!query->has_tests || reader->parts.empty());
}

} // namespace

/* --- documents ---------------------------------------------------------------------------------------------- */

struct xapian_document *xapian_document_new(void)
{
    return infallible([] { return new xapian_document; });
}

void xapian_document_free(struct xapian_document *document)
{
    delete document;
}

void xapian_document_clear(struct xapian_document *document)
{
    infallible([&] { document->document = Xapian::Document(); });
}

enum delib_status xapian_document_set_data(struct xapian_document *document, struct slice data,
                                           struct delib_error *error)
{
    return attempt(error, [&] {
        document->document.set_data(string_of(data));
        return DELIB_OK;
    });
}

enum delib_status xapian_document_set_value(struct xapian_document *document, xapian_slot slot, struct slice value,
                                            struct delib_error *error)
{
    return attempt(error, [&] {
        document->document.add_value(slot, string_of(value));
        return DELIB_OK;
    });
}

enum delib_status xapian_document_add_term(struct xapian_document *document, struct slice term, uint32_t wdf,
                                           struct delib_error *error)
{
    return attempt(error, [&] {
        enum delib_status status = check_term(term, error);
        if (status == DELIB_OK)
            document->document.add_term(string_of(term), wdf);
        return status;
    });
}

/* --- writing ------------------------------------------------------------------------------------------------ */

/* How to open or create. A writer killed while it made the database leaves tables without the file that makes them one;
 * Xapian takes that for a damaged database. Nothing was ever committed there, so it is made anew, under the lock. */
static int action_of(const char *path, enum xapian_open_mode mode)
{
    if (mode == XAPIAN_OPEN_EXISTING)
        return Xapian::DB_OPEN;
    int unsynced = mode == XAPIAN_CREATE_UNSYNCED ? Xapian::DB_NO_SYNC : 0;
    struct stat info;
    std::string folder = std::string(path) + "/";
    bool is_half_made =
        stat((folder + "postlist.glass").c_str(), &info) == 0 && stat((folder + "iamglass").c_str(), &info) != 0;
    return unsynced | (is_half_made ? Xapian::DB_CREATE_OR_OVERWRITE : Xapian::DB_CREATE_OR_OPEN);
}

/* Xapian asks the environment, when it opens, how many documents to gather before it writes them into its tables. A
 * new, small database is filled fastest by few: what is gathered stays in the processor's cache (10,000, which is
 * Xapian's own figure: 6.8 s of processor; 1,000: 6.5; 200: 5.0; 100: 5.3; scripts/bench/build-peers). */
class gathering_few
{
    static constexpr const char *variable = "XAPIAN_FLUSH_THRESHOLD";
    bool is_ours;

  public:
    explicit gathering_few(enum xapian_open_mode mode)
        : is_ours(mode == XAPIAN_CREATE_UNSYNCED && !std::getenv(variable) && setenv(variable, "200", 0) == 0)
    {
    }
    ~gathering_few()
    {
        if (is_ours)
            unsetenv(variable);
    }
};

enum delib_status xapian_writer_open(struct xapian_writer **out, const char *path, enum xapian_open_mode mode,
                                     struct delib_error *error)
{
    return attempt_at(path, error, [&] {
        if (mode == XAPIAN_OPEN_EXISTING && !has_database(path)) /* asked of Xapian, it would leave a lock file there */
            return delib_fail(error, DELIB_NOT_FOUND, _("there is no database"));
        try {
            gathering_few few(mode);
            auto writer = open_in_one_folder(path, [&] {
                return std::make_unique<xapian_writer>(path, action_of(path, mode) | Xapian::DB_BACKEND_GLASS);
            });
            if (writer->folder_fd < 0)
                return delib_fail(error, DELIB_IO, _("cannot open the folder: %s"), std::strerror(errno));
            *out = writer.release();
            return DELIB_OK;
        } catch (const Xapian::DatabaseLockError &thrown) {
            return fail_locked(error, path, thrown);
        }
    });
}

void xapian_writer_free(struct xapian_writer *writer)
{
    delete writer;
}

enum delib_status xapian_writer_add(struct xapian_writer *writer, const struct xapian_document *document,
                                    struct delib_error *error)
{
    return attempt_change(writer, error, [&] {
        writer->database.add_document(document->document);
        return DELIB_OK;
    });
}

enum delib_status xapian_writer_replace(struct xapian_writer *writer, xapian_docid docid,
                                        const struct xapian_document *document, struct delib_error *error)
{
    return attempt_change(writer, error, [&] {
        writer->database.replace_document(docid, document->document);
        return DELIB_OK;
    });
}

enum delib_status xapian_writer_delete(struct xapian_writer *writer, xapian_docid docid, struct delib_error *error)
{
    return attempt_change(writer, error, [&] {
        writer->database.delete_document(docid);
        return DELIB_OK;
    });
}

enum delib_status xapian_writer_add_from(struct xapian_writer *writer, struct xapian_reader *other, xapian_docid docid,
                                         struct slice data, struct delib_error *error)
{
    return attempt_change(writer, error, [&] {
        Xapian::Document document = other->database.get_document(docid);
        if (data.len > 0)
            document.set_data(string_of(data));
        writer->database.add_document(document);
        return DELIB_OK;
    });
}

enum delib_status xapian_writer_mark(struct xapian_writer *writer, xapian_docid docid, struct slice term, bool marked,
                                     struct delib_error *error)
{
    return attempt_change(writer, error, [&] {
        Xapian::Document document = writer->database.get_document(docid);
        std::string name = string_of(term);
        Xapian::TermIterator found = document.termlist_begin();
        found.skip_to(name);
        bool is_marked = found != document.termlist_end() && *found == name;
        if (marked == is_marked)
            return DELIB_OK;
        if (marked)
            document.add_boolean_term(name);
        else
            document.remove_term(name);
        writer->database.replace_document(docid, document);
        return DELIB_OK;
    });
}

enum delib_status xapian_writer_delete_term(struct xapian_writer *writer, struct slice term, struct delib_error *error)
{
    enum delib_status status = check_term(term, error);
    if (status != DELIB_OK)
        return status;
    return attempt_change(writer, error, [&] {
        writer->database.delete_document(string_of(term));
        return DELIB_OK;
    });
}

enum delib_status xapian_writer_set_metadata(struct xapian_writer *writer, struct slice key, struct slice value,
                                             struct delib_error *error)
{
    if (key.len == 0 || key.len > XAPIAN_KEY_MAX_BYTES)
        return delib_fail(error, DELIB_INVALID, _("key of %zu bytes, 1 to %d are allowed"), key.len,
                          XAPIAN_KEY_MAX_BYTES);
    return attempt_change(writer, error, [&] {
        writer->database.set_metadata(string_of(key), string_of(value));
        return DELIB_OK;
    });
}

enum delib_status xapian_writer_commit(struct xapian_writer *writer, struct delib_error *error)
{
    return attempt_change(writer, error, [&] {
        commit_and_go_on(writer->database);
        if (fsync(writer->folder_fd) != 0)
            return delib_fail(error, DELIB_IO, _("cannot sync the folder: %s"), std::strerror(errno));
        return DELIB_OK;
    });
}

char *xapian_lock_holder(const char *path)
{
    return infallible([&] {
        std::string holder = process_with_open(std::string(path) + "/flintlock");
        return memory_dup(holder.data(), holder.size());
    });
}

enum delib_status xapian_compact(const char *from, const char *to, struct delib_error *error)
{
    return attempt(error, [&] {
        Xapian::Database(from, Xapian::DB_BACKEND_GLASS).compact(to, Xapian::DBCOMPACT_NO_RENUMBER);
        return DELIB_OK;
    });
}

enum delib_status xapian_check(const char *path, struct delib_error *error)
{
    return attempt(error, [&] {
        size_t errors = Xapian::Database::check(path);
        if (errors > 0)
            return delib_fail(error, DELIB_CORRUPT, _("Xapian finds %zu errors in the tables"), errors);
        return DELIB_OK;
    });
}

/* --- merging ------------------------------------------------------------------------------------------------ */

namespace
{

class metadata_merger : public Xapian::Compactor
{
  public:
    metadata_merger(xapian_metadata_merge *merge_, void *payload_) : merge(merge_), payload(payload_)
    {
    }
    std::string resolve_duplicate_metadata(const std::string &key, size_t count, const std::string values[]) override
    {
        std::vector<struct slice> slices;
        for (size_t i = 0; i < count; i++)
            slices.push_back(slice_of_string(values[i]));
        struct buffer merged = {};
        struct slice name = slice_of_string(key);
        if (slice_starts(name, {TABLE_PREFIX, sizeof TABLE_PREFIX})) /* Xapian tells the key of its table */
            name = slice_skip(name, sizeof TABLE_PREFIX);
        merge(&merged, name, slices.data(), count, payload);
        std::string value = string_of(buffer_get(&merged));
        buffer_free(&merged);
        return value;
    }

  private:
    static constexpr char TABLE_PREFIX[] = {'\0', '\xC0'};
    xapian_metadata_merge *merge;
    void *payload;
};

} // namespace

enum delib_status xapian_merge(const char *target, char *const *sources, size_t count, xapian_metadata_merge *merge,
                               void *payload, struct delib_error *error)
{
    return attempt(error, [&] {
        Xapian::Database database;
        for (size_t i = 0; i < count; i++)
            database.add_database(Xapian::Database(sources[i], Xapian::DB_BACKEND_GLASS));
        metadata_merger merger(merge, payload);
        database.compact(target, Xapian::Compactor::FULL, 0, merger);
        return DELIB_OK;
    });
}

/* --- reading ------------------------------------------------------------------------------------------------ */

enum delib_status xapian_reader_open(struct xapian_reader **out, const char *path, struct delib_error *error)
{
    return attempt_at(path, error, [&] {
        *out = reader_at(path).release();
        return DELIB_OK;
    });
}

enum delib_status xapian_reader_open_remote(struct xapian_reader **out, const char *host, uint16_t port,
                                            uint32_t timeout_ms, struct delib_error *error)
{
    return attempt(error, [&] {
        *out = new xapian_reader{Xapian::Remote::open(host, port, timeout_ms, timeout_ms), {}};
        (*out)->is_remote = true;
        return DELIB_OK;
    });
}

struct xapian_reader *xapian_reader_join_take(struct xapian_reader *const *parts, size_t count)
{
    return infallible([&] {
        auto joined = new xapian_reader{Xapian::Database(), {}};
        joined->parts.assign(parts, parts + count);
        xapian_reader_rejoin(joined);
        return joined;
    });
}

void xapian_reader_rejoin(struct xapian_reader *joined)
{
    infallible([&] {
        joined->database = Xapian::Database();
        for (const struct xapian_reader *part : joined->parts)
            joined->database.add_database(part->database);
    });
}

void xapian_reader_unjoin(struct xapian_reader *joined)
{
    if (joined)
        joined->parts.clear();
    delete joined;
}

size_t xapian_reader_part_count(const struct xapian_reader *reader)
{
    return std::max<size_t>(reader->parts.size(), 1);
}

struct xapian_reader *xapian_reader_part(struct xapian_reader *reader, size_t index)
{
    return reader->parts.empty() ? reader : reader->parts.at(index);
}

bool xapian_reader_has_remote(const struct xapian_reader *reader)
{
    return reader->is_remote || std::any_of(reader->parts.begin(), reader->parts.end(), xapian_reader_has_remote);
}

struct xapian_reader *xapian_reader_part_with(struct xapian_reader *reader, xapian_docid docid)
{
    return xapian_reader_part(reader, (docid - 1) % xapian_reader_part_count(reader));
}

enum delib_status xapian_reader_of_writer(struct xapian_reader **out, struct xapian_writer *writer,
                                          struct delib_error *error)
{
    return attempt(error, [&] {
        *out = new xapian_reader{writer->database, writer->path};
        return DELIB_OK;
    });
}

void xapian_reader_free(struct xapian_reader *reader)
{
    if (reader)
        std::for_each(reader->parts.begin(), reader->parts.end(), xapian_reader_free);
    delete reader;
}

enum delib_status xapian_reader_reopen(struct xapian_reader *reader, struct delib_error *error)
{
    return attempt_at(reader->path.c_str(), error, [&] {
        if (reader->folder.is_another(folder_identity(reader->path)))
            *reader = std::move(*reader_at(reader->path));
        else
            reader->database.reopen();
        return DELIB_OK;
    });
}

enum delib_status xapian_reader_document_count(uint32_t *out, struct xapian_reader *reader, struct delib_error *error)
{
    return attempt_at(reader->path.c_str(), error, [&] {
        *out = reader->database.get_doccount();
        return DELIB_OK;
    });
}

enum delib_status xapian_reader_average_length(double *out, struct xapian_reader *reader, struct delib_error *error)
{
    return attempt(error, [&] {
        *out = reader->database.get_avlength();
        return DELIB_OK;
    });
}

enum delib_status xapian_reader_revision(uint64_t *out, struct xapian_reader *reader, struct delib_error *error)
{
    return attempt_at(reader->path.c_str(), error, [&] {
        *out = reader->database.get_revision();
        return DELIB_OK;
    });
}

enum delib_status xapian_reader_term_frequency(uint32_t *out, struct xapian_reader *reader, struct slice term,
                                               struct delib_error *error)
{
    return attempt_at(reader->path.c_str(), error, [&] {
        *out = reader->database.get_termfreq(string_of(term));
        return DELIB_OK;
    });
}

enum delib_status xapian_reader_metadata(char **out, size_t *len, struct xapian_reader *reader, struct slice key,
                                         struct delib_error *error)
{
    return attempt_at(reader->path.c_str(), error, [&] {
        copy_out(out, len, reader->database.get_metadata(string_of(key)));
        return DELIB_OK;
    });
}

enum delib_status xapian_reader_document_data(char **out, size_t *len, struct xapian_reader *reader, xapian_docid docid,
                                              struct delib_error *error)
{
    return attempt_at(reader->path.c_str(), error, [&] {
        copy_out(out, len, reader->database.get_document(docid).get_data());
        return DELIB_OK;
    });
}

enum delib_status xapian_reader_document_value(char **out, size_t *len, struct xapian_reader *reader,
                                               xapian_docid docid, xapian_slot slot, struct delib_error *error)
{
    return attempt_at(reader->path.c_str(), error, [&] {
        copy_out(out, len, reader->database.get_document(docid).get_value(slot));
        return DELIB_OK;
    });
}

/* By the stream of the part's values, made when it is first wanted; one from another machine would fetch every document
 * on the way. */
static std::string value_of_part(const struct xapian_reader &part, std::unique_ptr<value_reader> &stream,
                                 xapian_slot slot, xapian_docid docid)
{
    if (part.is_remote)
        return part.database.get_document(docid).get_value(slot);
    if (!stream)
        stream = std::make_unique<value_reader>(part.database, slot);
    return stream->find(docid) ? stream->get() : std::string();
}

enum delib_status xapian_reader_values(struct xapian_reader *reader, xapian_slot slot, const xapian_docid *docids,
                                       size_t count, xapian_value_visit *visit, void *payload,
                                       struct delib_error *error)
{
    return attempt(error, [&] {
        size_t part_count = xapian_reader_part_count(reader);
        std::vector<std::unique_ptr<value_reader>> streams(part_count);
        for (size_t i = 0; i < count; i++) {
            size_t part = (docids[i] - 1) % part_count;
            std::string value = value_of_part(*xapian_reader_part(reader, part), streams[part], slot,
                                              static_cast<xapian_docid>((docids[i] - 1) / part_count + 1));
            visit(i, slice_of_string(value), payload);
        }
        return DELIB_OK;
    });
}

enum delib_status xapian_reader_each_metadata(struct xapian_reader *reader, struct slice prefix,
                                              xapian_metadata_visit *visit, void *payload, struct delib_error *error)
{
    return attempt_at(reader->path.c_str(), error, [&] {
        const Xapian::Database &database = reader->database;
        std::string start = string_of(prefix);
        for (auto key = database.metadata_keys_begin(start); key != database.metadata_keys_end(start); ++key) {
            std::string name = *key;
            std::string value = database.get_metadata(name);
            if (!visit(slice_of_string(name), slice_of_string(value), payload))
                break;
        }
        return DELIB_OK;
    });
}

enum delib_status xapian_reader_each_term(struct xapian_reader *reader, struct slice prefix, xapian_term_visit *visit,
                                          void *payload, struct delib_error *error)
{
    return attempt_at(reader->path.c_str(), error, [&] {
        const Xapian::Database &database = reader->database;
        std::string start = string_of(prefix);
        for (auto term = database.allterms_begin(start); term != database.allterms_end(start); ++term) {
            std::string name = *term;
            if (!visit(slice_of_string(name), term.get_termfreq(), payload))
                break;
        }
        return DELIB_OK;
    });
}

enum delib_status xapian_reader_each_document_term(struct xapian_reader *reader, xapian_docid docid,
                                                   struct slice prefix, xapian_term_visit *visit, void *payload,
                                                   struct delib_error *error)
{
    return attempt_at(reader->path.c_str(), error, [&] {
        std::string start = string_of(prefix);
        auto term = reader->database.termlist_begin(docid);
        term.skip_to(start);
        for (; term != reader->database.termlist_end(docid); ++term) {
            std::string name = *term;
            if (name.compare(0, start.size(), start) != 0 || !visit(slice_of_string(name), term.get_wdf(), payload))
                break;
        }
        return DELIB_OK;
    });
}

enum delib_status xapian_reader_each_docid(struct xapian_reader *reader, struct slice term, xapian_docid_visit *visit,
                                           void *payload, struct delib_error *error)
{
    return attempt_at(reader->path.c_str(), error, [&] {
        const Xapian::Database &database = reader->database;
        std::string name = string_of(term);
        for (auto docid = database.postlist_begin(name); docid != database.postlist_end(name); ++docid)
            if (!visit(*docid, payload))
                break;
        return DELIB_OK;
    });
}

/* --- questions ---------------------------------------------------------------------------------------------- */

struct xapian_query *xapian_query_all(void)
{
    /* Not Query::MatchAll: threads must not share its reference count. */
    condition any;
    any.is = condition::ALL;
    return query_by(any, [] { return Xapian::Query(std::string()); });
}

struct xapian_query *xapian_query_none(void)
{
    return query_by(condition(), [] { return Xapian::Query(); });
}

struct xapian_query *xapian_query_term(struct slice term)
{
    if (term.len == 0)
        return xapian_query_none();
    return infallible([&] {
        condition having;
        having.is = condition::TERM;
        having.first = string_of(term);
        return query_by(having, [&] { return Xapian::Query(having.first); });
    });
}

enum delib_status xapian_query_combine_take(struct xapian_query **out, enum xapian_operator op,
                                            struct xapian_query **queries, size_t count, struct delib_error *error)
{
    struct xapian_query *combined = nullptr;
    enum delib_status status = attempt(error, [&] {
        combined = new xapian_query{combine(op, queries, count), combined_condition(op, queries, count)};
        combined->has_tests =
            std::any_of(queries, queries + count, [](const xapian_query *query) { return query->has_tests; });
        return DELIB_OK;
    });
    std::for_each(queries, queries + count, xapian_query_free);
    if (status == DELIB_OK)
        *out = combined;
    return status;
}

struct xapian_query *xapian_query_scale_take(struct xapian_query *query, double factor)
{
    struct xapian_query *scaled = infallible([&] {
        return new xapian_query{Xapian::Query(factor, query->query), query->matching};
    });
    scaled->has_tests = query->has_tests;
    xapian_query_free(query);
    return scaled;
}

struct xapian_query *xapian_query_value_range(xapian_slot slot, struct slice from, struct slice to)
{
    return infallible([&] {
        condition range;
        range.is = condition::RANGE;
        range.slot = slot;
        /* The smallest value there is, as an empty bound would let in the documents without one. */
        range.first = from.len ? string_of(from) : std::string(1, '\0');
        range.last = string_of(to);
        return query_by(range, [&] {
            return to.len ? Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, range.first, range.last)
                          : Xapian::Query(Xapian::Query::OP_VALUE_GE, slot, range.first);
        });
    });
}

struct xapian_query *xapian_query_test_take(struct xapian_query *query, xapian_slot slot, xapian_value_test *test,
                                            void *payload)
{
    struct xapian_query *tested = infallible([&] {
        condition passing;
        passing.is = condition::TESTED;
        passing.slot = slot;
        passing.test = test;
        passing.payload = payload;
        passing.parts.push_back(query->matching);
        passing.memory = std::make_shared<test_memory>();
        return query_by(passing, [&] {
            auto *source = new tested_documents(slot, test, payload, passing.memory);
            return Xapian::Query(Xapian::Query::OP_FILTER, query->query, Xapian::Query(source->release()));
        });
    });
    tested->has_tests = true;
    xapian_query_free(query);
    return tested;
}

void xapian_query_free(struct xapian_query *query)
{
    delete query;
}

char *xapian_query_describe(const struct xapian_query *query)
{
    return infallible([&] {
        std::string description = query->query.get_description();
        return memory_dup(description.data(), description.size());
    });
}

enum delib_status xapian_search(struct xapian_results **out, struct xapian_reader *reader,
                                const struct xapian_query *query, const struct xapian_search *search,
                                struct delib_error *error)
{
    return attempt_at(reader->path.c_str(), error, [&] {
        auto results = std::make_unique<xapian_results>();
        Xapian::Enquire enquire(reader->database);
        enquire.set_query(query->query);
        set_order(enquire, search);
        if (!search->exact_count && search->facet_count == 0)
            find(*results, enquire, search);
        else if (is_matched_here(reader, query))
            count_and_find(*results, enquire, reader, query, search);
        else
            find_and_count(*results, enquire, reader->database.get_doccount(), search);
        *out = results.release();
        return DELIB_OK;
    });
}

void xapian_results_free(struct xapian_results *results)
{
    delete results;
}

uint32_t xapian_results_count(const struct xapian_results *results)
{
    return static_cast<uint32_t>(results->hits.size());
}

uint32_t xapian_results_matches(const struct xapian_results *results)
{
    return results->matches;
}

bool xapian_results_is_exact(const struct xapian_results *results)
{
    return results->is_exact;
}

/* An index past the end throws in `at`, which ends the program. */

xapian_docid xapian_results_docid(const struct xapian_results *results, uint32_t index)
{
    return infallible([&] { return results->hits.at(index).docid; });
}

double xapian_results_weight(const struct xapian_results *results, uint32_t index)
{
    return infallible([&] { return results->hits.at(index).weight; });
}

uint32_t xapian_results_facet_size(const struct xapian_results *results, size_t facet)
{
    return infallible([&] { return static_cast<uint32_t>(results->facets.at(facet).size()); });
}

struct slice xapian_results_facet_get(const struct xapian_results *results, size_t facet, uint32_t index,
                                      uint32_t *matches)
{
    return infallible([&] {
        const facet_value &counted = results->facets.at(facet).at(index);
        *matches = counted.matches;
        return slice_of_string(counted.value);
    });
}
