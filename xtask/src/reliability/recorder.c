/* Loaded into the program by `cargo xtask powercut`: writes down, in the order in which it happens, what is written to the files
 * below PULT_RECORD and what of it is flushed. One lock, so that the order in the log is the order in the files.
 *
 * A record is five little-endian numbers of 64 bits - operation, file, offset, length, reserved - and the bytes of a write or
 * the name of a file that was opened. SQLite's shared memory is no part of what lies on the disk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPEN = 1, WRITE, SYNC, TRUNCATE, UNLINK };
enum { FDS = 4096, FILES = 1024 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int file_of[FDS]; /* number of the file behind a descriptor, 0: not ours */
static char *names[FILES];
static int files = 1;
static int out = -1;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }
#define REAL(type, name)                                                                                               \
    static __typeof__(type) *call;                                                                                      \
    if (!call) call = (__typeof__(type) *)real(name)

static void note(uint64_t what, uint64_t file, uint64_t offset, const void *bytes, uint64_t length) {
    uint64_t head[5] = {what, file, offset, length, 0};
    struct iovec parts[2] = {{head, sizeof head}, {(void *)bytes, bytes ? length : 0}};
    if (writev(out, parts, 2) < 0) abort();
}

static int ours(int fd) { return fd >= 0 && fd < FDS ? file_of[fd] : 0; }

static void opened(int fd, const char *path) {
    const char *below = getenv("PULT_RECORD"), *log = getenv("PULT_RECORD_LOG");
    size_t length = strlen(path);
    if (fd < 0 || fd >= FDS) return;
    pthread_mutex_lock(&lock);
    file_of[fd] = 0;
    if (below && log && !strncmp(path, below, strlen(below)) && strcmp(path + length - 4, "-shm")) {
        if (out < 0) {
            REAL(int(const char *, int, ...), "open64");
            out = call(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
        }
        int file = 1;
        while (file < files && (!names[file] || strcmp(names[file], path))) file++;
        if (file == files) {
            if (files == FILES) abort();
            names[files++] = strdup(path);
            note(OPEN, file, 0, path, length);
        }
        file_of[fd] = file;
    }
    pthread_mutex_unlock(&lock);
}

#define OPENS(name)                                                                                                    \
    int name(const char *path, int flags, ...) {                                                                       \
        REAL(int(const char *, int, ...), #name);                                                                  \
        va_list more;                                                                                                  \
        va_start(more, flags);                                                                                         \
        int fd = call(path, flags, va_arg(more, mode_t));                                                              \
        va_end(more);                                                                                                  \
        opened(fd, path);                                                                                              \
        return fd;                                                                                                     \
    }
OPENS(open)
OPENS(open64)

#define WRITES(name, number)                                                                                           \
    ssize_t name(int fd, const void *bytes, size_t length, number at) {                                                \
        REAL(ssize_t(int, const void *, size_t, number), #name);                                                    \
        if (!ours(fd)) return call(fd, bytes, length, at);                                                             \
        pthread_mutex_lock(&lock);                                                                                     \
        ssize_t done = call(fd, bytes, length, at);                                                                    \
        if (done > 0) note(WRITE, ours(fd), at, bytes, done);                                                          \
        pthread_mutex_unlock(&lock);                                                                                   \
        return done;                                                                                                   \
    }
WRITES(pwrite, off_t)
WRITES(pwrite64, off64_t)

ssize_t write(int fd, const void *bytes, size_t length) {
    REAL(ssize_t(int, const void *, size_t), "write");
    if (!ours(fd)) return call(fd, bytes, length);
    pthread_mutex_lock(&lock);
    off_t at = lseek(fd, 0, SEEK_CUR);
    ssize_t done = call(fd, bytes, length);
    if (done > 0) note(WRITE, ours(fd), at, bytes, done);
    pthread_mutex_unlock(&lock);
    return done;
}

#define NOTES(name, what, parameters, arguments, fd, length)                                                           \
    int name parameters {                                                                                              \
        REAL(int parameters, #name);                                                                                \
        if (!ours(fd)) return call arguments;                                                                          \
        pthread_mutex_lock(&lock);                                                                                     \
        int done = call arguments;                                                                                     \
        if (!done) note(what, ours(fd), 0, NULL, length);                                                              \
        pthread_mutex_unlock(&lock);                                                                                   \
        return done;                                                                                                   \
    }
NOTES(fsync, SYNC, (int fd), (fd), fd, 0)
NOTES(fdatasync, SYNC, (int fd), (fd), fd, 0)
NOTES(ftruncate, TRUNCATE, (int fd, off_t size), (fd, size), fd, (uint64_t)size)
NOTES(ftruncate64, TRUNCATE, (int fd, off64_t size), (fd, size), fd, (uint64_t)size)

int unlink(const char *path) {
    REAL(int(const char *), "unlink");
    pthread_mutex_lock(&lock);
    int done = call(path);
    for (int file = 1; !done && file < files; file++) {
        if (names[file] && !strcmp(names[file], path)) {
            note(UNLINK, file, 0, NULL, 0);
            names[file] = NULL;
        }
    }
    pthread_mutex_unlock(&lock);
    return done;
}

int close(int fd) {
    REAL(int(int), "close");
    if (ours(fd)) {
        pthread_mutex_lock(&lock);
        file_of[fd] = 0;
        pthread_mutex_unlock(&lock);
    }
    return call(fd);
}
