// net.Socket(): descriptors and options that throw at once
const net = require('net');
const { attempt } = require('./prelude');

attempt('fd -1', () => new net.Socket({ fd: -1 }));
attempt('fd string', () => new net.Socket({ fd: 'x' }));
attempt('fd fraction', () => new net.Socket({ fd: 1.5 }));
attempt('fd large', () => new net.Socket({ fd: 2147483648 }));
attempt('number', () => new net.Socket(-1));
attempt('a file', () => new net.Socket({ fd: 0 })); // stdin is /dev/null here
attempt('objectMode', () => new net.Socket({ objectMode: true }));
attempt('readableObjectMode', () => new net.Socket({ readableObjectMode: true }));
attempt('highWaterMark', () => new net.Socket({ highWaterMark: -1 }));
attempt('signal', () => new net.Socket({ signal: {} }));
attempt('nothing', () => new net.Socket());
