// port wins over path; a string that is no number is a path
const net = require('net');
const { log, tmp } = require('./prelude');

const path = tmp('both.sock');
const both = net.createServer().listen({ port: 0, path });
log('both', typeof both.address(), both.address().family);
const option = net.createServer().listen({ path });
log('path option', option.listening, option.address());
const word = net.createServer().listen(path + '2', () => {
  log('a string', word.address() === path + '2');
  both.close(() => option.close(() => word.close(() => log('closed'))));
});
