/*
 * Preloaded into a node under torture (LD_PRELOAD). It keeps a journal of every write to a file below one directory that
 * is not synced yet, so that a power cut can be played on the files after a SIGKILL; kills the process at the n-th write;
 * slows and fails writes; shifts the clock; and gives the process's calls to loopback a source address of their own, by
 * which a link knows who calls.
 *
 * PARLEY_SHIM_DIR      the directory that is watched
 * PARLEY_SHIM_JOURNAL  where unsynced writes are kept
 * PARLEY_SHIM_CONTROL  a file of `struct control`, written by the torture while the node runs
 * PARLEY_SHIM_SOURCE   a loopback address, such as 127.0.1.2
 *
 * A record of the journal: u8 type, u8 pad, u16 path bytes, u32 old bytes, u32 new bytes, u32 pad, u64 offset, u64 size before,
 * then the path, the bytes that stood there, the bytes that were written. All little-endian.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct control {
  uint64_t die_at;         /* the operation at which the process dies; 0: never */
  uint64_t operations;     /* counted here */
  uint64_t sync_delay_us;  /* every fsync takes this much longer */
  uint64_t fail_errno;     /* every write fails so; 0: none does */
  int64_t clock_offset_us; /* added to the time of day */
  uint64_t die_torn;       /* the last write is done by half */
};

struct head {
  uint8_t type, pad0;
  uint16_t path;
  uint32_t old_bytes, new_bytes, pad1;
  uint64_t offset, size;
};

#define FILES 4096
static char *paths[FILES];
static char dirty[FILES];
static char dir[PATH_MAX];
static size_t dir_length;
static int journal = -1;
static int dirty_count;
static struct control none, *control = &none;
static struct in_addr source;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_rename)(const char *, const char *);
static int (*real_unlink)(const char *);
static int (*real_connect)(int, const struct sockaddr *, socklen_t);
static int (*real_clock_gettime)(clockid_t, struct timespec *);
static int (*real_gettimeofday)(struct timeval *, void *);
static int (*real_madvise)(void *, size_t, int);
static int (*real_pthread_create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
static int (*real_epoll_create1)(int);
static int (*real_epoll_ctl)(int, int, int, struct epoll_event *);
static int (*real_pthread_mutex_destroy)(pthread_mutex_t *);
static int (*real_pthread_cond_destroy)(pthread_cond_t *);
static int (*real_pthread_join)(pthread_t, void **);
static long (*real_syscall)(long, ...);

static void begin_journal(void) {
  const char *text = getenv("PARLEY_SHIM_JOURNAL");
  if (text != NULL) journal = real_open(text, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
}

static void ready(void) {
  static int done;
  if (done) return;
  done = 1;
#define FIND(name) real_##name = dlsym(RTLD_NEXT, #name)
  FIND(open), FIND(openat), FIND(close), FIND(write), FIND(pwrite), FIND(ftruncate), FIND(fsync), FIND(fdatasync);
  FIND(rename), FIND(unlink), FIND(connect), FIND(clock_gettime), FIND(gettimeofday);
  FIND(madvise), FIND(pthread_create), FIND(pthread_join), FIND(pthread_cond_destroy);
  FIND(pthread_mutex_destroy), FIND(epoll_create1), FIND(epoll_ctl), FIND(syscall);
  const char *text = getenv("PARLEY_SHIM_DIR");
  if (text != NULL && strlen(text) < sizeof dir) dir_length = strlen(strcpy(dir, text));
  if ((text = getenv("PARLEY_SHIM_SOURCE")) != NULL) inet_aton(text, &source);
  if ((text = getenv("PARLEY_SHIM_CONTROL")) != NULL) {
    int file = real_open(text, O_RDWR | O_CLOEXEC);
    void *at = file < 0 ? MAP_FAILED : mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (at != MAP_FAILED) control = at;
    if (file >= 0) real_close(file);
  }
  begin_journal();
}

__attribute__((constructor)) static void begin(void) { ready(); }

static int watched(const char *path) {
  size_t length = strlen(path);
  if (dir_length == 0 || strncmp(path, dir, dir_length) != 0) return 0;
  /* Shared memory is never expected to outlive the power. */
  return length < 4 || strcmp(path + length - 4, "-shm") != 0;
}

static int known(int fd) { return fd >= 0 && fd < FILES && paths[fd] != NULL; }

static void note(int fd, const char *path) {
  if (fd < 0 || fd >= FILES) return;
  /* Node closes some of its files by a bare system call, which is not seen here: the number is another file's now. */
  free(paths[fd]);
  paths[fd] = watched(path) ? strdup(path) : NULL;
}

static void record(char type, const char *path, uint64_t offset, uint64_t size, const void *old, size_t old_bytes,
                   const void *data, size_t bytes) {
  if (journal < 0) return;
  size_t length = strlen(path), total = sizeof(struct head) + length + old_bytes + bytes;
  char *all = malloc(total);
  struct head head = {(uint8_t)type, 0, (uint16_t)length, (uint32_t)old_bytes, (uint32_t)bytes, 0, offset, size};
  memcpy(all, &head, sizeof head);
  memcpy(all + sizeof head, path, length);
  if (old_bytes > 0) memcpy(all + sizeof head + length, old, old_bytes);
  if (bytes > 0) memcpy(all + sizeof head + length + old_bytes, data, bytes);
  for (size_t at = 0; at < total;) {
    ssize_t done = real_write(journal, all + at, total - at);
    if (done <= 0) break;
    at += (size_t)done;
  }
  free(all);
}

static void die(void) {
  syscall(SYS_kill, getpid(), SIGKILL);
  for (;;) pause();
}

/* Counts an operation. True where the process dies at it. */
static int last(void) {
  uint64_t n = __atomic_add_fetch(&control->operations, 1, __ATOMIC_SEQ_CST);
  return control->die_at != 0 && n >= control->die_at;
}

static int failing(void) {
  if (control->fail_errno == 0) return 0;
  errno = (int)control->fail_errno;
  return 1;
}

static void before_write(int fd, off_t offset, const void *data, size_t bytes) {
  struct stat now;
  if (fstat(fd, &now) != 0 || !S_ISREG(now.st_mode)) return;
  size_t there = offset >= now.st_size ? 0 : (size_t)(now.st_size - offset);
  size_t old_bytes = there < bytes ? there : bytes;
  char *old = malloc(old_bytes + 1);
  /* The descriptor may be write-only: the bytes are read by its path. */
  int file = old_bytes == 0 ? -1 : real_open(paths[fd], O_RDONLY | O_CLOEXEC);
  ssize_t got = file < 0 ? 0 : pread(file, old, old_bytes, offset);
  if (file >= 0) real_close(file);
  record('W', paths[fd], (uint64_t)offset, (uint64_t)now.st_size, old, got < 0 ? 0 : (size_t)got, data, bytes);
  free(old);
  if (!dirty[fd]) dirty[fd] = 1, dirty_count++;
}

static ssize_t written(int fd, const void *data, size_t bytes, off_t offset, int at) {
  if (!known(fd)) return at ? real_pwrite(fd, data, bytes, offset) : real_write(fd, data, bytes);
  if (failing()) return -1;
  pthread_mutex_lock(&lock);
  before_write(fd, at ? offset : lseek(fd, 0, SEEK_CUR), data, bytes);
  int dying = last();
  if (dying && control->die_torn) at ? real_pwrite(fd, data, bytes / 2, offset) : real_write(fd, data, bytes / 2);
  if (dying) die();
  ssize_t done = at ? real_pwrite(fd, data, bytes, offset) : real_write(fd, data, bytes);
  pthread_mutex_unlock(&lock);
  return done;
}

ssize_t write(int fd, const void *data, size_t bytes) { return ready(), written(fd, data, bytes, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t bytes, off_t at) { return ready(), written(fd, data, bytes, at, 1); }
ssize_t pwrite64(int fd, const void *data, size_t bytes, off_t at) { return ready(), written(fd, data, bytes, at, 1); }

static int truncated(int fd, off_t size) {
  if (!known(fd)) return real_ftruncate(fd, size);
  if (failing()) return -1;
  pthread_mutex_lock(&lock);
  struct stat now;
  if (fstat(fd, &now) == 0) {
    size_t lost = now.st_size > size ? (size_t)(now.st_size - size) : 0;
    char *old = malloc(lost + 1);
    int file = real_open(paths[fd], O_RDONLY | O_CLOEXEC);
    ssize_t got = file < 0 ? 0 : pread(file, old, lost, size);
    if (file >= 0) real_close(file);
    record('T', paths[fd], (uint64_t)size, (uint64_t)now.st_size, old, got < 0 ? 0 : (size_t)got, NULL, 0);
    free(old);
    if (!dirty[fd]) dirty[fd] = 1, dirty_count++;
  }
  if (last()) die();
  int done = real_ftruncate(fd, size);
  pthread_mutex_unlock(&lock);
  return done;
}

int ftruncate(int fd, off_t size) { return ready(), truncated(fd, size); }
int ftruncate64(int fd, off_t size) { return ready(), truncated(fd, size); }

static int synced(int fd, int (*sync)(int)) {
  if (!known(fd)) return sync(fd);
  if (control->sync_delay_us > 0) usleep((useconds_t)control->sync_delay_us);
  if (control->fail_errno == EIO) return failing(), -1;
  pthread_mutex_lock(&lock);
  if (last()) die();
  int done = sync(fd);
  if (done == 0) {
    record('S', paths[fd], 0, 0, NULL, 0, NULL, 0);
    for (int each = 0; each < FILES; each++)
      if (dirty[each] && paths[each] != NULL && strcmp(paths[each], paths[fd]) == 0) dirty[each] = 0, dirty_count--;
    if (dirty_count == 0 && journal >= 0 && real_ftruncate(journal, 0) != 0) die();
  }
  pthread_mutex_unlock(&lock);
  return done;
}

int fsync(int fd) { return ready(), synced(fd, real_fsync); }
int fdatasync(int fd) { return ready(), synced(fd, real_fdatasync); }

/* What ends by abort() says where: libuv, which does so where the system breaks a promise, says nothing at all. */
void abort(void) {
  void *frames[48];
  int count = backtrace(frames, sizeof frames / sizeof *frames);
  dprintf(2, "abort, called from:\n");
  backtrace_symbols_fd(frames, count, 2);
  signal(SIGABRT, SIG_DFL);
  raise(SIGABRT);
  _exit(134);
}

/*
 * Lives of one program: a process that has loaded its program, and opened nothing yet, waits where it opens the file of
 * PARLEY_SHIM_LIVES. For each byte on descriptor 3 it forks one life, which goes on from there as a process like any
 * other; its number and its end are told on descriptor 4. Loading the program is most of what a start takes.
 */
#define ASK 3
#define TELL 4
#define THREADS 64
static pthread_t left[THREADS];
static int left_count, forked;

/*
 * What the loaded program waits for. A life has a list of its own: on one that it shared with the program and with the
 * lives before it, what an earlier one took off in ending was missing, and libuv aborts where it changes what is not there.
 */
#define WATCHES 256
static struct { int set, fd; struct epoll_event event; } watches[WATCHES];
static int watch_count, sets[8], set_count;

int epoll_create1(int flags) {
  ready();
  int set = real_epoll_create1(flags);
  if (set >= 0 && !forked && set_count < 8) sets[set_count++] = set;
  return set;
}

int epoll_ctl(int set, int op, int fd, struct epoll_event *event) {
  ready();
  int done = real_epoll_ctl(set, op, fd, event);
  if (done != 0 || forked) return done;
  pthread_mutex_lock(&lock);
  int at = 0;
  while (at < watch_count && (watches[at].set != set || watches[at].fd != fd)) at++;
  if (op == EPOLL_CTL_DEL) {
    if (at < watch_count) watches[at] = watches[--watch_count];
  } else if (at < WATCHES) {
    if (at == watch_count) watch_count++;
    watches[at].set = set, watches[at].fd = fd, watches[at].event = *event;
  }
  pthread_mutex_unlock(&lock);
  return done;
}

/*
 * libuv changes that list through a ring in memory, which a fork shares whatever list it is of: what a life had put in when it
 * was killed, or had not taken out yet, another took for its own, and aborted. Without a ring it asks the system itself.
 */
long syscall(long number, ...) {
  ready();
  long a[6];
  va_list rest;
  va_start(rest, number);
  for (int each = 0; each < 6; each++) a[each] = va_arg(rest, long);
  va_end(rest);
  if (number == SYS_io_uring_setup && getenv("PARLEY_SHIM_LIVES") != NULL) return errno = ENOSYS, -1;
  return real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void watch_alone(void) {
  for (int each = 0; each < set_count; each++) {
    int own = real_epoll_create1(EPOLL_CLOEXEC);
    dup3(own, sets[each], O_CLOEXEC);
    real_close(own);
  }
  /* One that is closed by now cannot be waited for, nor was it. */
  for (int at = 0; at < watch_count; at++)
    real_epoll_ctl(watches[at].set, EPOLL_CTL_ADD, watches[at].fd, &watches[at].event);
}

static void live(void) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (char byte; read(ASK, &byte, 1) == 1;) {
    pid_t life = fork();
    if (life == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      real_close(ASK), real_close(TELL), real_close(journal);
      begin_journal();
      watch_alone();
      forked = 1;
      return;
    }
    int status = 0;
    dprintf(TELL, "life %d\n", life);
    while (waitpid(life, &status, 0) < 0 && errno == EINTR) {}
    dprintf(TELL, "end %d %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1, WIFSIGNALED(status) ? WTERMSIG(status) : 0);
  }
  _exit(0);
}

/* Threads do not come along into a life: nobody waits for their end, nor for what they wait for. */
int pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *with) {
  ready();
  int done = real_pthread_create(thread, how, run, with);
  if (done == 0 && !forked && left_count < THREADS) left[left_count++] = *thread;
  return done;
}

int pthread_join(pthread_t thread, void **result) {
  ready();
  for (int each = 0; forked && each < left_count; each++)
    if (pthread_equal(left[each], thread)) return 0;
  return real_pthread_join(thread, result);
}

int pthread_mutex_destroy(pthread_mutex_t *mutex) { return ready(), forked ? 0 : real_pthread_mutex_destroy(mutex); }
int pthread_cond_destroy(pthread_cond_t *condition) { return ready(), forked ? 0 : real_pthread_cond_destroy(condition); }

/* V8 keeps its memory out of a fork, to make the start of another program cheaper: a life needs all of it. */
int madvise(void *at, size_t length, int advice) {
  ready();
  if (advice == MADV_DONTFORK && getenv("PARLEY_SHIM_LIVES") != NULL) return 0;
  return real_madvise(at, length, advice);
}

#define MODE(flags, mode)                                        \
  mode_t mode = 0;                                               \
  if ((flags) & (O_CREAT | O_TMPFILE)) {                         \
    va_list rest;                                                \
    va_start(rest, flags);                                       \
    mode = va_arg(rest, mode_t);                                 \
    va_end(rest);                                                \
  }

static int opened(const char *path, int flags, mode_t mode) {
  ready();
  const char *lives = getenv("PARLEY_SHIM_LIVES");
  if (lives != NULL && !forked && strcmp(path, lives) == 0) live();
  int writing = (flags & O_ACCMODE) != O_RDONLY;
  if (writing && watched(path) && control->fail_errno == EROFS) return errno = EROFS, -1;
  int fd = real_open(path, flags, mode);
  note(fd, path);
  return fd;
}

int open(const char *path, int flags, ...) {
  MODE(flags, mode)
  return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE(flags, mode)
  return opened(path, flags, mode);
}

int close(int fd) {
  ready();
  if (known(fd)) {
    pthread_mutex_lock(&lock);
    if (dirty[fd]) {
      /* It stays unsynced: another descriptor's sync of the same path will do. */
      int heir = -1;
      for (int each = 0; each < FILES; each++)
        if (each != fd && paths[each] != NULL && strcmp(paths[each], paths[fd]) == 0) heir = each;
      if (heir >= 0 && !dirty[heir]) dirty[heir] = 1;
      else if (heir >= 0) dirty_count--;
      /* Without an heir the count stays above zero, and the journal is kept. */
      dirty[fd] = 0;
    }
    free(paths[fd]);
    paths[fd] = NULL;
    pthread_mutex_unlock(&lock);
  }
  return real_close(fd);
}

int rename(const char *from, const char *to) {
  ready();
  if (!watched(from)) return real_rename(from, to);
  if (failing()) return -1;
  pthread_mutex_lock(&lock);
  char *old = NULL;
  ssize_t got = 0;
  struct stat before;
  uint64_t size = UINT64_MAX; /* there was none */
  if (stat(to, &before) == 0 && before.st_size < 1 << 20) {
    size = (uint64_t)before.st_size;
    old = malloc((size_t)before.st_size + 1);
    int file = real_open(to, O_RDONLY | O_CLOEXEC);
    got = file < 0 ? 0 : pread(file, old, (size_t)before.st_size, 0);
    if (file >= 0) real_close(file);
  }
  record('R', from, 0, size, old, got < 0 ? 0 : (size_t)got, to, strlen(to));
  free(old);
  dirty_count++; /* until a sync of the folder, which is never counted down: the journal is kept */
  if (last()) die();
  int done = real_rename(from, to);
  pthread_mutex_unlock(&lock);
  return done;
}

int unlink(const char *path) {
  ready();
  if (!watched(path)) return real_unlink(path);
  if (failing()) return -1;
  if (last()) die();
  return real_unlink(path);
}

int connect(int fd, const struct sockaddr *to, socklen_t length) {
  ready();
  const struct sockaddr_in *in = (const struct sockaddr_in *)to;
  if (source.s_addr != 0 && to->sa_family == AF_INET && (ntohl(in->sin_addr.s_addr) >> 24) == 127) {
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr = source};
    bind(fd, (struct sockaddr *)&from, sizeof from);
  }
  return real_connect(fd, to, length);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  ready();
  int done = real_clock_gettime(clock, now);
  if (done == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) && control->clock_offset_us != 0) {
    int64_t ns = now->tv_nsec + (control->clock_offset_us % 1000000) * 1000;
    now->tv_sec += control->clock_offset_us / 1000000;
    if (ns < 0) ns += 1000000000, now->tv_sec--;
    if (ns >= 1000000000) ns -= 1000000000, now->tv_sec++;
    now->tv_nsec = ns;
  }
  return done;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  struct timespec exact;
  (void)zone;
  if (clock_gettime(CLOCK_REALTIME, &exact) != 0) return -1;
  now->tv_sec = exact.tv_sec;
  now->tv_usec = exact.tv_nsec / 1000;
  return 0;
}
