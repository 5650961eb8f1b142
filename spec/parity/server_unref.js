// an unref'd server does not keep the program alive, whether unref'd before or after listen(); ref() undoes it
const net = require('net');
const { log } = require('./prelude');

const before = net.createServer();
log(before.unref() === before);
before.listen(0);
const after = net.createServer().listen(0, '127.0.0.1');
log(after.unref() === after);
const again = net.createServer().listen(0);
log(again.unref().ref() === again);
setTimeout(() => again.close(() => log('closed')), 20).unref();
process.on('exit', (code) => log('exit', code, before.listening, after.listening, again.listening));
