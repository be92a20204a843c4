/* Functions that have no safe use here; put before every C file by the build. */
#ifndef DELIB_BASE_BANNED_H
#define DELIB_BASE_BANNED_H

#include <stdio.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat strtok sprintf vsprintf gets gmtime localtime ctime asctime

#endif
