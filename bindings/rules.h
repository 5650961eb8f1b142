/* rules.h - rules about IPs, and a quick answer about one IP: it is asked for every connection and every datagram. */
#ifndef RULES_H
#define RULES_H

#include <stddef.h>
#include <stdint.h>

#include "address.h"

typedef enum RuleKind { RULE_ADDRESS = 1, RULE_RANGE, RULE_SUBNET } RuleKind;

typedef struct Rule { /* compared byte by byte: what is not used is 0 */
  unsigned char kind; /* RuleKind */
  unsigned char family;
  unsigned char prefix;    /* of a subnet, in bits */
  unsigned char start[16]; /* as Address has it: 4 or 16 bytes */
  unsigned char end[16];   /* of a range */
} Rule;

typedef struct Rules {
  Rule *list; /* owned; in the order in which they came, until one is removed */
  size_t count, room;
  uint32_t *slots; /* owned: a hash table of places in the list, 1 is the first; 0: empty */
  size_t slot_count;
  struct Span4 *spans4; /* owned: what ranges and subnets cover of IPv4, sorted and merged */
  struct Span6 *spans6; /* ... and of IPv6 */
  size_t span4_count, span6_count, span_room;
  size_t ranges; /* rules that are not of a single IP */
  bool stale;    /* the spans are of older rules */
} Rules;

/* Adds a rule, if it is not there yet. false: there is no memory, and nothing has changed. */
bool rules_add(Rules *rules, const Rule *rule);
/* Removes this very rule, if it is there. */
void rules_remove(Rules *rules, const Rule *rule);
/* Removes all, and gives the memory back. */
void rules_clear(Rules *rules);
/* Whether a rule is about this IP. An IPv4 address and the IPv6 one that it is mapped to are the same. */
bool rules_check(Rules *rules, const Address *a);

#endif
