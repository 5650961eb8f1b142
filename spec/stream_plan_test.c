/* stream_plan_test.c - bindings/stream_plan.c: every combination of facts settles and asks for no nonsense, every life
 * that a stream can have comes to its end, and the rules of the design hold by name. */
#include "../bindings/stream_plan.h"
#include "check.h"

#include <stdio.h>
#include <string.h>

/* -- facts as bits ----------------------------------------------------------------------------------------------- */

/* Every fact of StreamState; spec/rooms_spec.lua sees to it that none is missing. */
#define FACTS(X)                                                                                                       \
  X(wants_read)                                                                                                        \
  X(ending)                                                                                                            \
  X(corked)                                                                                                            \
  X(half_open)                                                                                                         \
  X(destroyed)                                                                                                         \
  X(kept)                                                                                                              \
  X(connecting)                                                                                                        \
  X(connected)                                                                                                         \
  X(read_ended)                                                                                                        \
  X(end_told)                                                                                                          \
  X(write_ended)                                                                                                       \
  X(full)                                                                                                              \
  X(queued)                                                                                                            \
  X(failed)                                                                                                            \
  X(reading)                                                                                                           \
  X(end_due)                                                                                                           \
  X(shutting)                                                                                                          \
  X(closing)

#define NUMBER(fact) fact##_number,
enum { FACTS(NUMBER) COUNT, COMBINATIONS = 1 << COUNT };
#undef NUMBER

static StreamState unpack(unsigned bits) {
  StreamState s;
  memset(&s, 0, sizeof s);
#define UNPACK(fact) s.fact = bits >> fact##_number & 1;
  FACTS(UNPACK)
#undef UNPACK
  return s;
}

static unsigned pack(const StreamState *s) {
  unsigned bits = 0;
#define PACK(fact) bits |= (unsigned)s->fact << fact##_number;
  FACTS(PACK)
#undef PACK
  return bits;
}

static void print_facts(unsigned bits) {
  StreamState s = unpack(bits);
  if (bits == 0) fprintf(stderr, " none");
#define PRINT(fact)                                                                                                    \
  if (s.fact) fprintf(stderr, " %s", #fact);
  FACTS(PRINT)
#undef PRINT
}

static const char *action_name(StreamAction action) {
  static const char *const names[] = {
    [DO_NOTHING] = "NOTHING",
    [DO_CLOSE] = "CLOSE",
    [DO_DESTROY] = "DESTROY",
    [DO_END_WRITING] = "END_WRITING",
    [DO_SHUTDOWN] = "SHUTDOWN",
    [DO_START_READING] = "START_READING",
    [DO_STOP_READING] = "STOP_READING",
  };
  return (unsigned)action < sizeof names / sizeof names[0] ? names[action] : "UNKNOWN";
}

/* -- checks: a claim counts once, however many combinations it was looked at with -------------------------------- */

typedef struct Claim {
  const char *text;
  unsigned counterexamples;
  struct Claim *next;
} Claim;

static Claim *claims;

/* Makes the claim once, where it is written; shows its first counterexamples. */
#define CLAIM(text, ok, facts)                                                                                         \
  do {                                                                                                                 \
    static Claim claim = { text, 0, NULL };                                                                            \
    static bool made;                                                                                                  \
    look_at(&claim, &made, ok, facts);                                                                                 \
  } while (0)

static void look_at(Claim *claim, bool *made, bool ok, unsigned facts) {
  if (!*made) {
    *made = true;
    claim->next = claims;
    claims = claim;
  }
  if (ok || ++claim->counterexamples > 3) return;
  fprintf(stderr, "stream_plan_test: not true that %s; with:", claim->text);
  print_facts(facts);
  StreamState s = unpack(facts);
  fprintf(stderr, "\n  the plan says %s\n", action_name(stream_plan(&s)));
}

static void count_claims(void) {
  for (const Claim *claim = claims; claim != NULL; claim = claim->next) {
    if (claim->counterexamples == 0) {
      ++passed;
      continue;
    }
    ++failed;
    fprintf(stderr, "stream_plan_test: %u counterexamples: %s\n", claim->counterexamples, claim->text);
  }
}

/* -- what an action does to the facts, as act() of stream.c does it ---------------------------------------------- */

static void destroy(StreamState *s) {
  s->destroyed = true;
  s->connecting = false;
}

/* refused: libuv reports an error, which destroys the stream. */
static void act(StreamState *s, StreamAction action, bool refused) {
  switch (action) {
    case DO_NOTHING: break;
    case DO_CLOSE: s->closing = true; break;
    case DO_DESTROY: destroy(s); break;
    case DO_END_WRITING: s->end_due = true; break;
    case DO_SHUTDOWN: s->shutting = true; break;
    case DO_START_READING: s->reading = true; break;
    case DO_STOP_READING: s->reading = false; break;
  }
  if (refused && (action == DO_SHUTDOWN || action == DO_START_READING)) destroy(s);
}

/* What must be true of the facts when an action is asked for. */
static void check_action(const StreamState *s, StreamAction action) {
  unsigned facts = pack(s);
  bool may_read = s->wants_read && !s->read_ended && !s->full;
  CLAIM("an action is one of the seven", action <= DO_STOP_READING, facts);
  if (s->closing) CLAIM("a closing stream is left alone", action == DO_NOTHING, facts);
  if (s->connecting) CLAIM("a connecting stream is left alone", action == DO_NOTHING, facts);
  if (s->destroyed) CLAIM("a destroyed stream only closes", action == DO_CLOSE || action == DO_NOTHING, facts);
  switch (action) {
    case DO_NOTHING: break;
    case DO_CLOSE:
      CLAIM("only what was destroyed is closed", s->destroyed, facts);
      CLAIM("only what has a handle is closed", s->connected, facts);
      break;
    case DO_DESTROY:
      CLAIM("nothing is destroyed twice", !s->destroyed, facts);
      CLAIM("nothing is destroyed before the script has had every byte and 'end'", s->end_told, facts);
      CLAIM("nothing is destroyed before 'finish'", s->write_ended, facts);
      CLAIM("what is kept is destroyed by the script only", !s->kept, facts);
      break;
    case DO_END_WRITING:
      CLAIM("our end follows the peer's only when the script knows of it", s->end_told, facts);
      CLAIM("our end does not follow in a half-open stream", !s->half_open, facts);
      CLAIM("our end does not follow an end that was said", !s->ending && !s->write_ended, facts);
      CLAIM("our end follows once", !s->end_due, facts);
      break;
    case DO_SHUTDOWN:
      CLAIM("shutdown needs a connection", s->connected, facts);
      CLAIM("nothing is shut down before finish()", s->ending, facts);
      CLAIM("nothing is shut down while bytes wait", !s->queued, facts);
      CLAIM("nothing is shut down twice", !s->shutting, facts);
      CLAIM("nothing is shut down after a write that failed", !s->failed, facts);
      break;
    case DO_START_READING:
      CLAIM("reading needs a connection", s->connected, facts);
      CLAIM("reading does not start when it runs", !s->reading, facts);
      CLAIM("reading does not start unless somebody wants it", s->wants_read, facts);
      CLAIM("reading does not start after the peer's end", !s->read_ended, facts);
      CLAIM("reading does not start while the buffer is full", !s->full, facts);
      break;
    case DO_STOP_READING:
      CLAIM("reading stops only when it runs", s->reading && s->connected, facts);
      CLAIM("reading does not stop while it is wanted", !may_read, facts);
      break;
  }
}

/* What must be true when there is nothing more to do: no rule was forgotten. */
static void check_settled(const StreamState *s) {
  unsigned facts = pack(s);
  if (s->closing || s->connecting) return;
  if (s->destroyed) {
    CLAIM("destroyed and connected leads to close", !s->connected, facts);
    return;
  }
  bool wants_data = s->wants_read && !s->read_ended && !s->full;
  CLAIM("both ends lead to destroy", !s->end_told || !s->write_ended || s->kept, facts);
  bool said = s->ending || s->end_due || s->write_ended;
  CLAIM("the peer's end is followed by ours", !s->end_told || s->half_open || said, facts);
  if (!s->connected) return;
  CLAIM("finish() leads to shutdown when all is written", !s->ending || s->queued || s->failed || s->shutting, facts);
  CLAIM("what is wanted is read", !wants_data || s->reading, facts);
  CLAIM("pause stops reading", s->wants_read || !s->reading, facts);
  CLAIM("a full buffer stops reading", !s->full || !s->reading, facts);
  CLAIM("the peer's end stops reading", !s->read_ended || !s->reading, facts);
}

enum { STEPS_AT_MOST = 5 }; /* end, shutdown, reading, refused and thus destroyed, close */

/* Carries out the plan; bit n of refused says whether libuv refuses step n. Returns the last action but DO_NOTHING. */
static StreamAction settle(StreamState *s, unsigned refused) {
  StreamAction last = DO_NOTHING;
  unsigned began = pack(s);
  for (int step = 0; step <= STEPS_AT_MOST; ++step) {
    StreamAction action = stream_plan(s);
    check_action(s, action);
    if (action == DO_NOTHING) {
      CLAIM("any combination settles within a few steps", true, began);
      check_settled(s);
      return last;
    }
    unsigned before = pack(s);
    act(s, action, refused >> step & 1);
    CLAIM("an action changes a fact, or it would be asked for again", pack(s) != before, before);
    last = action;
  }
  CLAIM("any combination settles within a few steps", false, began);
  return last;
}

/* -- every combination ------------------------------------------------------------------------------------------- */

static void walk_combinations(void) {
  for (unsigned facts = 0; facts < COMBINATIONS; ++facts) {
    for (unsigned refused = 0; refused < 1u << STEPS_AT_MOST; ++refused) {
      StreamState s = unpack(facts);
      settle(&s, refused);
    }
    StreamState s = unpack(facts), other = unpack(facts ^ 1u << corked_number);
    CLAIM("cork() holds bytes back, and changes no plan", stream_plan(&s) == stream_plan(&other), facts);
    StreamState same = s;
    stream_plan(&s);
    CLAIM("the plan is pure", pack(&s) == pack(&same) && stream_plan(&s) == stream_plan(&same), facts);
  }
}

/* How many combinations lead to each action. Whoever changes a rule changes this on purpose, and sees what moved. */
static void take_census(void) {
  static const unsigned expected[] = {
    [DO_NOTHING] = 233280,
    [DO_CLOSE] = 16384,
    [DO_DESTROY] = 4096,
    [DO_END_WRITING] = 1024,
    [DO_SHUTDOWN] = 896,
    [DO_START_READING] = 808,
    [DO_STOP_READING] = 5656,
  };
  unsigned count[DO_STOP_READING + 1] = { 0 };
  for (unsigned facts = 0; facts < COMBINATIONS; ++facts) ++count[stream_plan((StreamState[]){ unpack(facts) })];
  for (StreamAction action = DO_NOTHING; action <= DO_STOP_READING; ++action) {
    if (count[action] == expected[action]) {
      ++passed;
      continue;
    }
    ++failed;
    fprintf(stderr, "stream_plan_test: the rules have moved: %u combinations lead to %s, %u did\n", count[action],
        action_name(action), expected[action]);
  }
}

/* -- every life: what may happen to a stream, in any order ------------------------------------------------------- */

typedef bool (*Event)(StreamState *s); /* false: it cannot happen now */

static bool connect_called(StreamState *s) {
  if (s->connecting || s->connected || s->destroyed) return false;
  s->connecting = true;
  return true;
}

static bool connected(StreamState *s) {
  if (!s->connecting) return false;
  s->connecting = false;
  s->connected = true;
  return true;
}

static bool connect_failed(StreamState *s) {
  if (!s->connecting) return false;
  destroy(s);
  return true;
}

static bool script_wants_data(StreamState *s) { return !s->wants_read && (s->wants_read = true); }

static bool script_pauses(StreamState *s) {
  if (!s->wants_read) return false;
  s->wants_read = false;
  return true;
}

static bool buffer_fills(StreamState *s) { return s->reading && !s->full && (s->full = true); }

static bool buffer_is_emptied(StreamState *s) {
  if (!s->full) return false;
  s->full = false;
  return true;
}

static bool peer_ends(StreamState *s) {
  if (!s->reading) return false;
  s->reading = false; /* libuv has stopped by itself */
  s->read_ended = true;
  return true;
}

static bool end_is_told(StreamState *s) {
  return s->read_ended && !s->full && !s->destroyed && !s->end_told && (s->end_told = true);
}

static bool script_writes(StreamState *s) { return !s->ending && !s->destroyed && !s->queued && (s->queued = true); }

static bool queue_is_written(StreamState *s) {
  if (!s->queued || !s->connected || s->corked || s->failed) return false;
  s->queued = false;
  return true;
}

static bool write_fails(StreamState *s) { return s->queued && s->connected && !s->failed && (s->failed = true); }

static bool failure_is_told(StreamState *s) {
  if (!s->failed || s->destroyed) return false;
  destroy(s);
  return true;
}

static bool script_finishes(StreamState *s) {
  if (s->ending || s->destroyed) return false;
  s->corked = false;
  return s->ending = true;
}

static bool end_tick(StreamState *s) {
  if (!s->end_due || s->ending || s->destroyed) return false;
  s->corked = false;
  return s->ending = true;
}

static bool shutdown_is_done(StreamState *s) {
  return s->shutting && !s->write_ended && !s->destroyed && (s->write_ended = true);
}

static bool script_corks(StreamState *s) { return !s->corked && !s->ending && (s->corked = true); }

static bool script_uncorks(StreamState *s) {
  if (!s->corked) return false;
  s->corked = false;
  return true;
}

static bool script_destroys(StreamState *s) {
  if (s->destroyed) return false;
  destroy(s);
  return true;
}

static bool handle_is_closed(StreamState *s) {
  if (!s->closing) return false;
  s->closing = s->connected = s->reading = false;
  return true;
}

static const Event events[] = {
  connect_called,
  connected,
  connect_failed,
  script_wants_data,
  script_pauses,
  buffer_fills,
  buffer_is_emptied,
  peer_ends,
  end_is_told,
  script_writes,
  queue_is_written,
  write_fails,
  failure_is_told,
  script_finishes,
  end_tick,
  shutdown_is_done,
  script_corks,
  script_uncorks,
  script_destroys,
  handle_is_closed,
};

/* The events that a peer which ends, a kernel which takes all and a script which reads and ends make happen. */
static const Event good_end[] = {
  connected,
  script_wants_data,
  script_uncorks,
  buffer_is_emptied,
  peer_ends,
  queue_is_written,
  failure_is_told,
  end_is_told,
  end_tick,
  script_finishes,
  shutdown_is_done,
  handle_is_closed,
};

/* What is true of every stream that can be, after it has settled. */
static void check_reachable(const StreamState *s) {
  unsigned facts = pack(s);
  CLAIM("what is closing was destroyed", !s->closing || s->destroyed, facts);
  CLAIM("what is closing has a handle", !s->closing || s->connected, facts);
  CLAIM("what was destroyed closes at once", !s->destroyed || !s->connected || s->closing, facts);
  CLAIM("what is read from is connected and has not ended", !s->reading || (s->connected && !s->read_ended), facts);
  CLAIM("what is shut down has ended", !s->shutting || s->ending, facts);
  CLAIM("'finish' comes after shutdown", !s->write_ended || s->shutting, facts);
  CLAIM("'end' comes after the peer's end", !s->end_told || s->read_ended, facts);
}

static bool is_over(const StreamState *s) { return s->destroyed && !s->connected; }

/* From anywhere, a good end closes the stream. A stream that never connects has no end to wait for. */
static void check_end(unsigned facts) {
  StreamState s = unpack(facts);
  if (!s.connected && !s.connecting) return;
  for (unsigned round = 0; round < 8 && !is_over(&s); ++round) {
    for (size_t i = 0; i < sizeof good_end / sizeof good_end[0]; ++i) {
      if (good_end[i](&s)) settle(&s, 0);
    }
  }
  CLAIM("a stream whose both sides end is closed", is_over(&s), facts);
}

static bool seen[COMBINATIONS];
static unsigned waiting[COMBINATIONS];

static void walk_lives(void) {
  unsigned first = 0, last = 0;
  for (unsigned start = 0; start < 2; ++start) { /* half-open or not; all else follows */
    StreamState s = unpack(start << half_open_number);
    settle(&s, 0);
    seen[pack(&s)] = true;
    waiting[last++] = pack(&s);
  }
  while (first < last) {
    unsigned facts = waiting[first++];
    check_end(facts);
    for (size_t i = 0; i < sizeof events / sizeof events[0]; ++i) {
      for (unsigned refused = 0; refused < 1u << STEPS_AT_MOST; ++refused) {
        StreamState s = unpack(facts);
        if (!events[i](&s)) break;
        settle(&s, refused);
        check_reachable(&s);
        if (seen[pack(&s)]) continue;
        seen[pack(&s)] = true;
        waiting[last++] = pack(&s);
      }
    }
  }
  CLAIM("a life is longer than a few events", last > 500, 0);
}

/* -- the rules of the design, by name ---------------------------------------------------------------------------- */

typedef struct Rule {
  const char *name;
  StreamState facts;
  StreamAction actions[4]; /* until nothing is left to do */
} Rule;

static const Rule rules[] = {
  { "a fresh stream waits", { 0 }, { DO_NOTHING } },
  { "connected: what is wanted is read", { .connected = 1, .wants_read = 1 }, { DO_START_READING } },
  { "reading starts once", { .connected = 1, .wants_read = 1, .reading = 1 }, { DO_NOTHING } },
  { "pause before connect, or pauseOnConnect: nothing is read", { .connected = 1 }, { DO_NOTHING } },
  { "pause while reading", { .connected = 1, .reading = 1 }, { DO_STOP_READING } },
  { "the buffer is full: the kernel keeps the rest", { .connected = 1, .wants_read = 1, .reading = 1, .full = 1 },
      { DO_STOP_READING } },
  { "the buffer has room again", { .connected = 1, .wants_read = 1 }, { DO_START_READING } },
  { "write before connect: it waits", { .connecting = 1, .queued = 1 }, { DO_NOTHING } },
  { "end before connect: it waits", { .connecting = 1, .ending = 1, .wants_read = 1 }, { DO_NOTHING } },
  { "... and is done when connected", { .connected = 1, .ending = 1, .wants_read = 1 },
      { DO_SHUTDOWN, DO_START_READING } },
  { "end with bytes that wait: not yet", { .connected = 1, .ending = 1, .queued = 1 }, { DO_NOTHING } },
  { "... they are written", { .connected = 1, .ending = 1 }, { DO_SHUTDOWN } },
  { "... once", { .connected = 1, .ending = 1, .shutting = 1 }, { DO_NOTHING } },
  { "finish() of a stream that never connected: there is nothing to shut down", { .ending = 1 }, { DO_NOTHING } },
  { "the peer ended, the script has not read to the end",
      { .connected = 1, .wants_read = 1, .read_ended = 1, .full = 1 }, { DO_NOTHING } },
  { "the script has had 'end': ours follows", { .connected = 1, .wants_read = 1, .read_ended = 1, .end_told = 1 },
      { DO_END_WRITING } },
  { "... by tick, so not yet", { .connected = 1, .wants_read = 1, .read_ended = 1, .end_told = 1, .end_due = 1 },
      { DO_NOTHING } },
  { "... and then", { .connected = 1, .wants_read = 1, .read_ended = 1, .end_told = 1, .end_due = 1, .ending = 1 },
      { DO_SHUTDOWN } },
  { "allowHalfOpen: the script ends when it likes",
      { .connected = 1, .wants_read = 1, .read_ended = 1, .end_told = 1, .half_open = 1 }, { DO_NOTHING } },
  { "half-open the other way: we ended, the peer talks on",
      { .connected = 1, .wants_read = 1, .reading = 1, .ending = 1, .shutting = 1, .write_ended = 1 }, { DO_NOTHING } },
  { "both sides have ended",
      { .connected = 1, .read_ended = 1, .end_told = 1, .ending = 1, .shutting = 1, .write_ended = 1 },
      { DO_DESTROY, DO_CLOSE } },
  { "... with autoDestroy = false",
      { .connected = 1, .read_ended = 1, .end_told = 1, .ending = 1, .shutting = 1, .write_ended = 1, .kept = 1 },
      { DO_NOTHING } },
  { "both sides have ended, the script wants to know of it first",
      { .connected = 1, .wants_read = 1, .read_ended = 1, .ending = 1, .shutting = 1, .write_ended = 1 }, { DO_NOTHING } },
  { "destroy: closed, whatever else is wanted",
      { .connected = 1, .destroyed = 1, .wants_read = 1, .reading = 1, .ending = 1, .queued = 1 }, { DO_CLOSE } },
  { "destroy in a callback of a stream that closes", { .connected = 1, .destroyed = 1, .closing = 1 }, { DO_NOTHING } },
  { "destroy before connect: there is nothing to close", { .destroyed = 1, .ending = 1, .wants_read = 1 },
      { DO_NOTHING } },
  { "a write failed: destroy follows by tick, no shutdown before", { .connected = 1, .failed = 1, .ending = 1 },
      { DO_NOTHING } },
  { "a descriptor opened for writing only",
      { .connected = 1, .read_ended = 1, .end_told = 1, .half_open = 1, .ending = 1 }, { DO_SHUTDOWN } },
};

static void check_rules(void) {
  for (size_t i = 0; i < sizeof rules / sizeof rules[0]; ++i) {
    const Rule *rule = &rules[i];
    StreamState s = rule->facts;
    bool ok = true;
    for (int step = 0; step < 4 && ok; ++step) {
      StreamAction action = stream_plan(&s);
      ok = action == rule->actions[step];
      if (!ok) {
        fprintf(stderr, "stream_plan_test: %s: step %d is %s, not %s; with:", rule->name, step + 1, action_name(action),
            action_name(rule->actions[step]));
        print_facts(pack(&s));
        fprintf(stderr, "\n");
      }
      if (action == DO_NOTHING) break;
      act(&s, action, false);
    }
    if (ok) ++passed;
    else ++failed;
  }
}

int main(void) {
  walk_combinations();
  walk_lives();
  count_claims();
  take_census();
  check_rules();
  return check_result("stream_plan_test");
}
