/* What the server answers: a page in memory, bytes that are made while they are sent, or an open file. */
#ifndef DELIB_QUERY_WEB_REPLY_H
#define DELIB_QUERY_WEB_REPLY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buffer.h"

#define TYPE_HTML "text/html; charset=utf-8"
#define TYPE_JSON "application/json"

enum { REPLY_END = -1, REPLY_BROKEN = -2 };

struct reply_stream {
    /* Put at most `room` bytes; how many, or REPLY_END, or REPLY_BROKEN, at which the connection is cut. */
    ssize_t (*read)(void *payload, char *out, size_t room);
    void (*free)(void *payload);
    void *payload;
};

/* What the browser may do with it. */
enum reply_policy {
    REPLY_PAGE,    /* ours: our own style, script and pictures */
    REPLY_SANDBOX, /* bytes of somebody else: nothing in them may run */
    REPLY_PDF      /* likewise, for the browser's own reader */
};

struct reply {
    unsigned code; /* of HTTP */
    const char *type;
    struct buffer body;
    struct reply_stream stream; /* in the place of the body */
    int file;                   /* likewise; -1: none */
    uint64_t file_bytes;
    const char *file_name; /* to be kept under; NULL: to be shown */
    enum reply_policy policy;
    bool keeps_desk; /* the stream does, and frees it */
    bool is_lasting; /* its address changes when it does */
};

#endif
