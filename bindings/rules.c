/* rules.c - rules about IPs. A single IP is found by its hash; what ranges and subnets cover is kept as sorted spans,
 * merged anew when the first IP is asked for after a change, and searched by halves. */
#include "rules.h"

#include <stdlib.h>
#include <string.h>

typedef struct Span4 {
  uint32_t first, last;
} Span4;

typedef struct Span6 {
  unsigned char first[16], last[16];
} Span6;

static const unsigned char MAPPED[12] = { [10] = 0xff, [11] = 0xff }; /* ::ffff:0:0/96 */

static bool is_mapped(const unsigned char ip[16]) { return memcmp(ip, MAPPED, sizeof MAPPED) == 0; }

static void map(unsigned char out[16], const unsigned char ip[4]) {
  memcpy(out, MAPPED, sizeof MAPPED);
  memcpy(out + 12, ip, 4);
}

static uint32_t number(const unsigned char ip[4]) {
  return (uint32_t)ip[0] << 24 | (uint32_t)ip[1] << 16 | (uint32_t)ip[2] << 8 | ip[3];
}

/* -- the rules as a set ------------------------------------------------------------------------------------------- */

static size_t hash(const Rule *rule) { /* FNV-1a */
  const unsigned char *bytes = (const unsigned char *)rule;
  uint64_t h = 14695981039346656037u;
  for (size_t i = 0; i < sizeof *rule; ++i) h = (h ^ bytes[i]) * 1099511628211u;
  return (size_t)(h ^ h >> 32);
}

/* The slot of a rule, or the empty one where it would be. */
static size_t slot_of(const Rules *rules, const Rule *rule) {
  size_t mask = rules->slot_count - 1, slot = hash(rule) & mask;
  while (rules->slots[slot] != 0 && memcmp(&rules->list[rules->slots[slot] - 1], rule, sizeof *rule) != 0)
    slot = (slot + 1) & mask;
  return slot;
}

static bool has(const Rules *rules, const Rule *rule) {
  return rules->count > 0 && rules->slots[slot_of(rules, rule)] != 0;
}

/* Room for one more rule, at most half of the slots in use. */
static bool reserve(Rules *rules) {
  if (rules->count < rules->room) return true;
  if (rules->count >= UINT32_MAX / 4) return false;
  size_t room = rules->room > 0 ? rules->room * 2 : 4;
  Rule *list = (Rule *)realloc(rules->list, room * sizeof *list);
  if (list != NULL) rules->list = list;
  uint32_t *slots = list != NULL ? (uint32_t *)calloc(room * 2, sizeof *slots) : NULL;
  if (slots == NULL) return false;
  free(rules->slots);
  rules->slots = slots;
  rules->slot_count = room * 2;
  rules->room = room;
  for (size_t i = 0; i < rules->count; ++i) slots[slot_of(rules, &rules->list[i])] = (uint32_t)(i + 1);
  return true;
}

/* So that merging, outside of Lua, need not ask for memory. */
static bool reserve_span(Rules *rules) {
  if (rules->ranges < rules->span_room) return true;
  size_t room = rules->span_room > 0 ? rules->span_room * 2 : 4;
  Span4 *spans4 = (Span4 *)realloc(rules->spans4, room * sizeof *spans4);
  if (spans4 != NULL) rules->spans4 = spans4;
  Span6 *spans6 = (Span6 *)realloc(rules->spans6, room * sizeof *spans6);
  if (spans6 != NULL) rules->spans6 = spans6;
  if (spans4 == NULL || spans6 == NULL) return false;
  rules->span_room = room;
  return true;
}

bool rules_add(Rules *rules, const Rule *rule) {
  bool single = rule->kind == RULE_ADDRESS;
  if (has(rules, rule)) return true;
  if (!reserve(rules) || (!single && !reserve_span(rules))) return false;
  rules->slots[slot_of(rules, rule)] = (uint32_t)(rules->count + 1);
  rules->list[rules->count++] = *rule;
  if (!single) {
    ++rules->ranges;
    rules->stale = true;
  }
  return true;
}

/* Empties a slot; those behind it move up, or they would not be found any more. */
static void empty(Rules *rules, size_t slot) {
  size_t mask = rules->slot_count - 1;
  rules->slots[slot] = 0;
  for (size_t next = (slot + 1) & mask; rules->slots[next] != 0; next = (next + 1) & mask) {
    uint32_t place = rules->slots[next];
    rules->slots[next] = 0;
    rules->slots[slot_of(rules, &rules->list[place - 1])] = place;
  }
}

void rules_remove(Rules *rules, const Rule *rule) {
  if (!has(rules, rule)) return;
  if (rule->kind != RULE_ADDRESS) {
    --rules->ranges;
    rules->stale = true;
  }
  size_t slot = slot_of(rules, rule), place = rules->slots[slot] - 1, last = rules->count - 1;
  empty(rules, slot);
  if (place != last) { /* the last one takes its place */
    rules->slots[slot_of(rules, &rules->list[last])] = (uint32_t)(place + 1);
    rules->list[place] = rules->list[last];
  }
  rules->count = last;
}

void rules_clear(Rules *rules) {
  free(rules->list);
  free(rules->slots);
  free(rules->spans4);
  free(rules->spans6);
  *rules = (Rules){ .list = NULL };
}

/* -- what ranges and subnets cover -------------------------------------------------------------------------------- */

/* The first and the last IP of a rule that is a range or a subnet, in its own family. */
static void ends(const Rule *rule, unsigned char first[16], unsigned char last[16]) {
  memcpy(first, rule->start, 16);
  memcpy(last, rule->kind == RULE_RANGE ? rule->end : rule->start, 16);
  if (rule->kind == RULE_RANGE) return;
  for (size_t i = 0; i < 16; ++i) {
    int bits = rule->prefix - (int)i * 8; /* of this byte that belong to the net */
    unsigned char host = bits <= 0 ? 0xff : bits >= 8 ? 0 : (unsigned char)(0xff >> bits);
    first[i] &= (unsigned char)~host;
    last[i] |= host;
  }
}

/* What a rule covers of IPv4; false: nothing. Of IPv6, a range covers IPv4 if both of its ends are mapped addresses, a
 * subnet if mapped addresses are in it: as in Node. */
static bool span4_of(const Rule *rule, Span4 *out) {
  unsigned char first[16], last[16];
  ends(rule, first, last);
  if (rule->family == 4) {
    *out = (Span4){ number(first), number(last) };
    return true;
  }
  if (is_mapped(first) && is_mapped(last)) {
    *out = (Span4){ number(first + 12), number(last + 12) };
    return true;
  }
  unsigned char least[16], most[16];
  map(least, (const unsigned char[4]){ 0, 0, 0, 0 });
  map(most, (const unsigned char[4]){ 255, 255, 255, 255 });
  *out = (Span4){ 0, UINT32_MAX };
  return rule->kind == RULE_SUBNET && memcmp(first, least, 16) <= 0 && memcmp(last, most, 16) >= 0;
}

static void span6_of(const Rule *rule, Span6 *out) {
  ends(rule, out->first, out->last);
  if (rule->family == 6) return;
  unsigned char first[4], last[4];
  memcpy(first, out->first, 4);
  memcpy(last, out->last, 4);
  map(out->first, first);
  map(out->last, last);
}

static int compare4(const void *a, const void *b) {
  const Span4 *x = (const Span4 *)a, *y = (const Span4 *)b;
  return x->first < y->first ? -1 : x->first > y->first;
}

static int compare6(const void *a, const void *b) {
  return memcmp(((const Span6 *)a)->first, ((const Span6 *)b)->first, 16);
}

static void merge(Rules *rules) {
  size_t n4 = 0, n6 = 0;
  rules->stale = false;
  for (size_t i = 0; i < rules->count; ++i) {
    if (rules->list[i].kind == RULE_ADDRESS) continue;
    if (span4_of(&rules->list[i], &rules->spans4[n4])) ++n4;
    span6_of(&rules->list[i], &rules->spans6[n6++]);
  }
  if (n4 > 0) qsort(rules->spans4, n4, sizeof(Span4), compare4);
  if (n6 > 0) qsort(rules->spans6, n6, sizeof(Span6), compare6);
  rules->span4_count = rules->span6_count = 0;
  for (size_t i = 0; i < n4; ++i) {
    const Span4 *next = &rules->spans4[i];
    Span4 *last = rules->span4_count > 0 ? &rules->spans4[rules->span4_count - 1] : NULL;
    if (last == NULL || next->first > last->last) rules->spans4[rules->span4_count++] = *next;
    else if (next->last > last->last) last->last = next->last;
  }
  for (size_t i = 0; i < n6; ++i) {
    const Span6 *next = &rules->spans6[i];
    Span6 *last = rules->span6_count > 0 ? &rules->spans6[rules->span6_count - 1] : NULL;
    if (last == NULL || memcmp(next->first, last->last, 16) > 0) rules->spans6[rules->span6_count++] = *next;
    else if (memcmp(next->last, last->last, 16) > 0) memcpy(last->last, next->last, 16);
  }
}

static bool covers4(const Rules *rules, uint32_t ip) {
  size_t low = 0, high = rules->span4_count; /* the span that may have it is the last that begins before it */
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (rules->spans4[middle].first <= ip) low = middle + 1;
    else high = middle;
  }
  return low > 0 && ip <= rules->spans4[low - 1].last;
}

static bool covers6(const Rules *rules, const unsigned char ip[16]) {
  size_t low = 0, high = rules->span6_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (memcmp(rules->spans6[middle].first, ip, 16) <= 0) low = middle + 1;
    else high = middle;
  }
  return low > 0 && memcmp(ip, rules->spans6[low - 1].last, 16) <= 0;
}

/* -- asked -------------------------------------------------------------------------------------------------------- */

bool rules_check(Rules *rules, const Address *a) {
  if (rules->count == 0 || a->family == 0) return false;
  if (rules->stale) merge(rules);
  Rule as4 = { .kind = RULE_ADDRESS, .family = 4 }, as6 = { .kind = RULE_ADDRESS, .family = 6 };
  if (a->family == 4) {
    memcpy(as4.start, a->ip, 4);
    map(as6.start, a->ip);
    return has(rules, &as4) || has(rules, &as6) || covers4(rules, number(a->ip));
  }
  memcpy(as6.start, a->ip, 16);
  if (has(rules, &as6) || covers6(rules, a->ip)) return true;
  if (!is_mapped(a->ip)) return false;
  memcpy(as4.start, a->ip + 12, 4);
  return has(rules, &as4);
}
