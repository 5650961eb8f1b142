/* server_process.h - the measured process: started on core 0, looked at through /proc, ended by its id. */
#ifndef SERVER_PROCESS_H
#define SERVER_PROCESS_H

#include <stdnoreturn.h>
#include <sys/types.h>

#define SERVER_CORE 0
#define LOAD_CORE 1

typedef struct Memory { /* bytes, from /proc/PID/smaps_rollup */
  long private;         /* Private_Clean + Private_Dirty */
  long pss;             /* Pss: shared pages divided by the number of their users */
  long rss;             /* Rss */
} Memory;

noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
void pin_to_core(int core);

int server_start(char **command); /* -> its port, read from the line "port N"; it dies with us */
double server_cpu(void);          /* seconds of CPU used so far, all threads */
double other_cpu(void);           /* the same of everybody but the server and us, on both cores */
Memory server_memory(void);
int server_udp_socket(int port);     /* -> a descriptor of the server's own socket, to look at its queue */
void server_await_idle(void);        /* until it uses no CPU for 50 ms, 5 s at most */
void server_trace(const char *path); /* attaches strace -c -f, returns when it counts */
void server_trace_end(void);         /* the counts are in path now */
void server_stop(void);

#endif
