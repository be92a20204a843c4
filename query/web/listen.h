/* The socket that the server listens on: the one that systemd hands over, or one of its own. */
#ifndef DELIB_QUERY_WEB_LISTEN_H
#define DELIB_QUERY_WEB_LISTEN_H

#include <stdbool.h>

#include "base/status.h"

/* The socket that systemd opened (LISTEN_FDS); *out is -1 when it opened none. DELIB_INVALID when what it handed over
 * is no socket that listens. */
enum delib_status listen_inherited(int *out, struct delib_error *error);

/* « 127.0.0.1:8017 », « [::1]:8017 » or « 8017 », which is on 127.0.0.1. DELIB_INVALID for what is no address. */
enum delib_status listen_open(int *out, const char *address, struct delib_error *error);

/* « 127.0.0.1:8017 » of the socket, for people; false when it has none. */
bool listen_address(int listening, char *out, size_t room);

#endif
