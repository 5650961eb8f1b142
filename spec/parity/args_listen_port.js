// listen(): which ports are refused, at once and before anything is bound
const net = require('net');
const { attempt, log } = require('./prelude');

const server = net.createServer();
attempt('-1', () => server.listen(-1));
attempt('65536', () => server.listen(65536));
attempt('1.5', () => server.listen(1.5));
attempt('empty string', () => server.listen(''));
attempt('string too large', () => server.listen('65536'));
attempt('option -1', () => server.listen({ port: -1 }));
attempt('option string', () => server.listen({ port: 'x' }));
attempt('option large', () => server.listen({ port: 1e6, host: '127.0.0.1' }));
attempt('option boolean', () => server.listen({ port: true }));
log(server.listening, server.address());
attempt('good after all', () => server.listen(0));
server.close(() => log('closed'));
