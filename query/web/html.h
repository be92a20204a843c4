/* Text put into HTML, one emitter a context: what comes from a question, a document or a file name goes through one of
 * these, and only the words of this program are added as they are (buffer_add_string). */
#ifndef DELIB_QUERY_WEB_HTML_H
#define DELIB_QUERY_WEB_HTML_H

#include "base/buffer.h"
#include "snippet.h"

void html_text(struct buffer *out, struct slice text);          /* between tags */
void html_attribute(struct buffer *out, struct slice text);     /* between double quotes */
void html_url_argument(struct buffer *out, struct slice text);  /* a part of a path, or a value after = */
void html_script_string(struct buffer *out, struct slice json); /* JSON inside <script>: nothing in it ends that */

/* Words of this program, which the catalogue may hold anything in. */
void html_words(struct buffer *out, const char *words);

/* <name class="class">text</name>; no class when NULL, nothing at all when the text is empty. */
void html_element(struct buffer *out, const char *name, const char *class, struct slice text);
void html_link(struct buffer *out, const char *class, struct slice address, struct slice text);

/* The passage with what was found in <mark>, by its places: no tag is ever looked for or put in the text itself. */
void html_marked(struct buffer *out, const struct snippet *snippet);

/* 12345 as « 12 345 », the blank narrow and unbroken. */
void html_count(struct buffer *out, uint32_t count);

#endif
