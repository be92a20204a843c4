#include "web/listen.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/words.h"

enum { FIRST_INHERITED = 3, BACKLOG = 256 };

enum delib_status listen_inherited(int *out, struct delib_error *error)
{
    const char *process = getenv("LISTEN_PID");
    const char *count = getenv("LISTEN_FDS");
    int listens = 0;
    socklen_t size = sizeof listens;
    *out = -1;
    if (!process || !count || strtol(process, NULL, 10) != (long)getpid() || strtol(count, NULL, 10) < 1)
        return DELIB_OK;
    if (getsockopt(FIRST_INHERITED, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) != 0 || !listens)
        return delib_fail(
            error, DELIB_INVALID,
            _("LISTEN_FDS: descriptor %d is no listening socket; does the .socket unit have a ListenStream=?"),
            FIRST_INHERITED);
    fcntl(FIRST_INHERITED, F_SETFD, FD_CLOEXEC);
    fcntl(FIRST_INHERITED, F_SETFL, fcntl(FIRST_INHERITED, F_GETFL) | O_NONBLOCK);
    *out = FIRST_INHERITED;
    return DELIB_OK;
}

/* host and port; the brackets of an IPv6 address are dropped. */
static bool split_address(char **host, char **port, char *address)
{
    char *colon = strrchr(address, ':');
    if (!colon) {
        *host = "127.0.0.1";
        *port = address;
        return *address != '\0';
    }
    *colon = '\0';
    *host = address;
    *port = colon + 1;
    size_t len = strlen(address);
    if (len > 1 && address[0] == '[' && address[len - 1] == ']') {
        address[len - 1] = '\0';
        (*host)++;
    }
    return **host != '\0' && **port != '\0';
}

static int open_one(const struct addrinfo *address)
{
    int on = 1;
    int listening = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listening < 0)
        return -1;
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listening, address->ai_addr, address->ai_addrlen) == 0 && listen(listening, BACKLOG) == 0)
        return listening;
    int why = errno;
    close(listening);
    errno = why;
    return -1;
}

enum delib_status listen_open(int *out, const char *address, struct delib_error *error)
{
    const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                                   .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    char *host;
    char *port;
    char *copy = memory_dup(address, strlen(address));
    enum delib_status status = DELIB_OK;
    if (!split_address(&host, &port, copy) || getaddrinfo(host, port, &hints, &found) != 0)
        status = delib_fail(error, DELIB_INVALID, _("--listen %s: an address is written 127.0.0.1:8017 or [::1]:8017"),
                            address);
    if (status == DELIB_OK) {
        *out = open_one(found);
        if (*out < 0)
            status = delib_fail(error, DELIB_IO, _("%s: cannot listen there: %s"), address, strerror(errno));
        freeaddrinfo(found);
    }
    free(copy);
    return status;
}

bool listen_address(int listening, char *out, size_t room)
{
    struct sockaddr_storage address;
    socklen_t len = sizeof address;
    char host[64]; /* numeric, with a zone */
    char port[8];
    if (getsockname(listening, (struct sockaddr *)&address, &len) != 0 ||
        getnameinfo((struct sockaddr *)&address, len, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return false;
    snprintf(out, room, strchr(host, ':') ? "[%s]:%s" : "%s:%s", host, port);
    return true;
}
