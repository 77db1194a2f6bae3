/* Preloaded into a process of ours by a test: its wall clock is set, or its writing to the disk hangs, while the
 * machine's own clock and disk stay as they are. The file HOLD_FILE holds three doubles: by how many seconds the wall
 * clock is set forward; the process whose fsync hangs, 0 for none; the process whose fsync fails with EIO, 0 for none. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile double *told;
static double nothing[3];

__attribute__((constructor)) static void begin(void)
{
    const char *name = getenv("HOLD_FILE");
    int fd = name ? open(name, O_RDONLY) : -1;
    void *found = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof nothing, PROT_READ, MAP_SHARED, fd, 0);

    told = found == MAP_FAILED ? nothing : found;
    if (fd >= 0) close(fd);
}

static void set(struct timespec *t)
{
    double whole = floor(told ? told[0] : 0), part = (told ? told[0] : 0) - whole;

    t->tv_sec += (time_t)whole;
    t->tv_nsec += (long)(part * 1e9);
    if (t->tv_nsec >= 1000000000) t->tv_sec++, t->tv_nsec -= 1000000000;
}

int clock_gettime(clockid_t clock, struct timespec *t)
{
    long done = syscall(SYS_clock_gettime, clock, t);

    if (done == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) set(t);
    return (int)done;
}

int gettimeofday(struct timeval *restrict tv, void *restrict zone)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    tv->tv_sec = t.tv_sec, tv->tv_usec = t.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *into)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    if (into) *into = t.tv_sec;
    return t.tv_sec;
}

static int held(long call, int fd)
{
    while (told && (pid_t)told[1] == getpid()) usleep(10000);
    if (told && (pid_t)told[2] == getpid()) return errno = EIO, -1;
    return (int)syscall(call, fd);
}

int fsync(int fd) { return held(SYS_fsync, fd); }
int fdatasync(int fd) { return held(SYS_fdatasync, fd); }
int syncfs(int fd) { return held(SYS_syncfs, fd); }
