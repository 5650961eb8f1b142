// a descriptor that is no open stream is refused by the constructor
const net = require('net');
const { attempt } = require('./prelude');

attempt('option', () => new net.Socket({ fd: 999 }));
attempt('legacy', () => new net.Socket(999));
attempt('readable', () => new net.Socket({ fd: 999, readable: true, writable: true }));
