/* timer.h - timers. */
#ifndef TIMER_H
#define TIMER_H

#include "context.h"

/* Pushes { setTimeout =, setInterval =, clearTimeout =, clearInterval = }. [-0, +1, m] */
void timer_open(lua_State *L, Context *cx);
/* Closes the timers that no object table knows; for moonport_close. */
void timer_close_all(Context *cx);

#endif
