// listen() without a port: any port, IPv6 and IPv4; the callback may come first or second
const net = require('net');
const { log } = require('./prelude');

const bare = net.createServer();
log(bare.listen() === bare, bare.listening, bare.address().address, bare.address().port > 0);
bare.on('listening', () => bare.close(() => log('listen()')));
const first = net.createServer();
first.listen(() => first.close(() => log('listen(callback)', first.listening)));
const second = net.createServer();
second.listen(undefined, () => second.close(() => log('listen(undefined, callback)')));
const third = net.createServer();
third.listen({ port: 0 }, () => third.close(() => log('listen(options, callback)')));
const fourth = net.createServer();
fourth.listen('0', () => fourth.close(() => log('listen(string, callback)')));
