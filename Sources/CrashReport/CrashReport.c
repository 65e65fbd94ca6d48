#include "CrashReport.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The exit status of a run that failed, as `--help` documents it.
enum { failed = 2 };

// A path may have 4,096 bytes; more of it than this helps nobody.
enum { name_size = 1024 };

// MINSIGSTKSZ is 2 KiB, but a signal's frame alone takes up to 11 KiB on processors with wide registers.
enum { stack_size = 64 * 1024 };

static _Thread_local char file_name[name_size];
static _Thread_local _Alignas(16) char handler_stack[stack_size];
static _Thread_local bool is_prepared;
static atomic_flag is_told = ATOMIC_FLAG_INIT;

static const int faults[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE};

static const char *name_of(int number) {
  switch (number) {
    case SIGILL: return "SIGILL";
    case SIGTRAP: return "SIGTRAP";
    case SIGSEGV: return "SIGSEGV";
    case SIGBUS: return "SIGBUS";
    case SIGABRT: return "SIGABRT";
    default: return "SIGFPE";
  }
}

static size_t append(char *line, size_t length, const char *text) {
  size_t added = strlen(text);
  memcpy(line + length, text, added);
  return length + added;
}

static void tell(int number) {
  // Several threads may fail at once: the first one tells, and takes the others along.
  if (atomic_flag_test_and_set(&is_told)) {
    sleep(1);
    _exit(failed);
  }
  char line[name_size + 256];
  size_t length = append(line, 0, "sqllint: a fault of sqllint itself (");
  length = append(line, length, name_of(number));
  length = append(line, length, ") stopped the run");
  if (file_name[0] != '\0') {
    length = append(line, length, " at ");
    length = append(line, length, file_name);
  }
  length = append(line, length, "; nothing is reported. Leave the file out with --exclude, and please report the fault\n");
  const char *rest = line;
  while (length > 0) {
    ssize_t written = write(STDERR_FILENO, rest, length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    rest += written;
    length -= (size_t)written;
  }
  _exit(failed);
}

void crash_report_install(void) {
  if (getenv("SWIFT_BACKTRACE") != NULL) return;
  crash_report_prepare_thread();
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = tell;
  // A fault inside the handler ends the process as if there were none.
  action.sa_flags = (int)(SA_ONSTACK | SA_RESETHAND);
  sigfillset(&action.sa_mask);
  for (size_t index = 0; index < sizeof faults / sizeof *faults; index++) sigaction(faults[index], &action, NULL);
}

void crash_report_prepare_thread(void) {
  if (is_prepared) return;
  stack_t stack;
  memset(&stack, 0, sizeof stack);
  stack.ss_sp = handler_stack;
  stack.ss_size = stack_size;
  // A process may be started with signals blocked; a fault would then end it without a word.
  sigset_t signals;
  sigemptyset(&signals);
  for (size_t index = 0; index < sizeof faults / sizeof *faults; index++) sigaddset(&signals, faults[index]);
  is_prepared = sigaltstack(&stack, NULL) == 0 && pthread_sigmask(SIG_UNBLOCK, &signals, NULL) == 0;
}

// Written now rather than by the handler, as it may be printed: what steers terminals and CI runners is percent-encoded,
// and so is all that is not ASCII, where such scalars are.
void crash_report_set_file(const char *path) {
  static const char digits[] = "0123456789ABCDEF";
  size_t length = 0;
  for (const unsigned char *byte = (const unsigned char *)path; *byte != '\0' && length + 4 < name_size; byte++) {
    if (*byte > 0x20 && *byte < 0x7F && *byte != '%' && *byte != '#') {
      file_name[length++] = (char)*byte;
    } else {
      file_name[length++] = '%';
      file_name[length++] = digits[*byte >> 4];
      file_name[length++] = digits[*byte & 0xF];
    }
  }
  file_name[length] = '\0';
}
