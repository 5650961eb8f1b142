// a signal that is aborted already, and one aborted right after listen(): closed by tick, never 'listening'
const net = require('net');
const { log, trace } = require('./prelude');

const first = trace('first', net.createServer(), ['listening', 'close', 'error']);
log(first.listen({ port: 0, signal: AbortSignal.abort() }) === first);
const second = trace('second', net.createServer(), ['listening', 'close', 'error']);
const controller = new AbortController();
second.listen({ port: 0, signal: controller.signal });
controller.abort();
log(second.listening);
process.nextTick(() => log('tick', first.listening));
