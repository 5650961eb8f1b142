// createServer(): what the options may be
const net = require('net');
const { attempt, log } = require('./prelude');

attempt('number', () => net.createServer(5));
attempt('string', () => net.createServer('x'));
attempt('boolean', () => net.createServer(true));
attempt('new Server', () => new net.Server(5));
attempt('keepAliveInitialDelay', () => net.createServer({ keepAliveInitialDelay: 'x' }));
attempt('highWaterMark', () => net.createServer({ highWaterMark: 'x' }));
attempt('highWaterMark boolean', () => net.createServer({ highWaterMark: true }));
attempt('unknown option', () => net.createServer({ colour: 'red' }));
attempt('nothing', () => net.createServer(undefined));
try { net.createServer(5); } catch (err) { log(err.name, err.code, String(err)); }
