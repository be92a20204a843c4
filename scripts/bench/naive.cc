/* What the first example of Xapian's manual makes of the acts: TermGenerator with the French stemmer, text stored, all
 * else as it comes. The measure for scripts/bench/build-peers, which compiles it.
 *
 * Usage: naive DATABASE <ACTS, each a line: objet, tab, date, tab, text */
#include <iostream>
#include <string>

#include <xapian.h>

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    Xapian::WritableDatabase database(argv[1], Xapian::DB_CREATE_OR_OVERWRITE);
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("french"));
    std::string objet, date, text;
    while (std::getline(std::cin, objet, '\t') && std::getline(std::cin, date, '\t') && std::getline(std::cin, text)) {
        Xapian::Document document;
        generator.set_document(document);
        generator.index_text(objet, 1, "S");
        generator.index_text(objet);
        generator.increase_termpos();
        generator.index_text(text);
        document.add_value(0, date);
        document.set_data(objet + "\n" + text);
        database.add_document(document);
    }
    database.commit();
    return 0;
}
