// the option signal must be an AbortSignal
const dgram = require('dgram');
const { attempt } = require('./prelude');

for (const signal of [5, 'abort', true, false]) {
  attempt(String(signal), () => dgram.createSocket({ type: 'udp4', signal: signal }));
}
attempt('object', () => dgram.createSocket({ type: 'udp4', signal: {} }));
attempt('controller', () => dgram.createSocket({ type: 'udp4', signal: new AbortController() }));
attempt('signal', () => dgram.createSocket({ type: 'udp4', signal: new AbortController().signal }).type);
