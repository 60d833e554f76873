/* A disk on which each sync takes longer by as many milliseconds as SLOW_SYNC_MS says. It is loaded before the C
   library (LD_PRELOAD), whose own functions sync, and waits behind them. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

static int slowly(const char *name, int file) {
    int (*sync)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    const char *said = getenv("SLOW_SYNC_MS");
    long delay_ms = said ? atol(said) : 0;
    int result = sync(file);
    int error = errno;
    if (delay_ms > 0) {
        struct timespec delay = {delay_ms / 1000, delay_ms % 1000 * 1000000};
        nanosleep(&delay, NULL);
    }
    errno = error;
    return result;
}

int fsync(int file) { return slowly("fsync", file); }
int fdatasync(int file) { return slowly("fdatasync", file); }
