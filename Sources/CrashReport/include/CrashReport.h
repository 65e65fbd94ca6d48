// Tells on standard error that the process was stopped by a fault, and in which file, and ends it with status 2.
//
// In C, because only a signal handler can do so: it runs on the stack of the thread that failed, or beside it where that
// stack is used up, and may call next to nothing.
#ifndef CRASH_REPORT_H
#define CRASH_REPORT_H

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

// Handles the signals of faults from now on, on this thread and those that call `crash_report_prepare_thread`. Does
// nothing where SWIFT_BACKTRACE is set: a developer then wants what Swift's own handler tells.
void crash_report_install(void);

// Gives the calling thread a stack that a handler can run on when its own overflows. Costs nothing if called again.
void crash_report_prepare_thread(void);

// What the calling thread works on from now on: a path, or "" for nothing.
void crash_report_set_file(const char *path);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
