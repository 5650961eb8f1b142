// listen(): options that are refused at once
const net = require('net');
const { attempt, log } = require('./prelude');

const server = net.createServer();
attempt('true', () => server.listen(true));
attempt('empty', () => server.listen({}));
attempt('host alone', () => server.listen({ host: 'localhost' }));
attempt('path number', () => server.listen({ path: 5 }));
attempt('path empty', () => server.listen({ path: '' }));
attempt('fd -1', () => server.listen({ fd: -1 }));
attempt('fd string', () => server.listen({ fd: 'x' }));
attempt('host number', () => server.listen({ port: 0, host: 5 }));
attempt('signal', () => server.listen({ port: 0, signal: 5 }));
attempt('signal table', () => server.listen({ port: 0, signal: {} }));
log(server.listening, server.address());
server.close((err) => log(err));
