#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *delib_status_name(enum delib_status status)
{
    switch (status) {
    case DELIB_OK:
        return "ok";
    case DELIB_INVALID:
        return "invalid";
    case DELIB_NOT_FOUND:
        return "not-found";
    case DELIB_IO:
        return "io";
    case DELIB_LOCKED:
        return "locked";
    case DELIB_MODIFIED:
        return "modified";
    case DELIB_CORRUPT:
        return "corrupt";
    case DELIB_VERSION:
        return "version";
    case DELIB_UNSUPPORTED:
        return "unsupported";
    case DELIB_TOO_BIG:
        return "too-big";
    case DELIB_TIMEOUT:
        return "timeout";
    case DELIB_UNREACHABLE:
        return "unreachable";
    case DELIB_BUG:
        return "bug";
    }
    return "unknown";
}

enum delib_status delib_fail(struct delib_error *error, enum delib_status status, const char *format, ...)
{
    if (!error)
        return status;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    error->status = status;
    return status;
}

enum delib_status delib_fail_in(struct delib_error *error, const char *context)
{
    char inner[DELIB_MESSAGE_BYTES];
    memcpy(inner, error->message, sizeof inner);
    return delib_fail(error, error->status, "%s: %s", context, inner);
}
