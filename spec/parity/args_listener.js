// every method that takes a listener wants a function
const EventEmitter = require('events');
const net = require('net');
const { attempt } = require('./prelude');

const emitter = new EventEmitter();
for (const method of ['on', 'addListener', 'once', 'prependListener', 'prependOnceListener', 'off', 'removeListener']) {
  attempt(method, () => emitter[method]('x', 5));
}
attempt('nothing', () => emitter.on('x'));
attempt('object', () => emitter.on('x', {}));
attempt('array', () => emitter.on('x', [1, 2]));
attempt('boolean', () => emitter.on('x', false));
attempt('long string', () => emitter.on('x', 'this string is longer than twenty-eight characters'));
attempt('server', () => net.createServer().on('connection', 'x'));
attempt('socket', () => new net.Socket().once('data', net.createServer()));
attempt('process', () => process.on('exit', 5));
attempt('count', () => emitter.listenerCount('x'));
