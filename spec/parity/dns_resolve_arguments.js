// wrong arguments of what asks name servers, and what is known without asking
const dns = require('dns');
const { log, attempt } = require('./prelude');

const never = () => log('never');
attempt('name', () => dns.resolve4(5, never));
attempt('type', () => dns.resolve('x', 'BOGUS', never));
attempt('type', () => dns.resolve('x', 5, never));
attempt('name', () => dns.resolve(5, 'TXT', never));
attempt('name', () => dns.resolve(5, never));
attempt('reverse', () => dns.reverse('x', never));
attempt('reverse', () => dns.reverse(5, never));

const resolver = new dns.Resolver();
resolver.setServers(['127.0.0.1:9']);
const told = (err, result) => log(err, err.code, err.syscall, err.hostname, result);
resolver.resolve4('a.example', told);
resolver.resolve('b.example', 'SRV', told);
resolver.reverse('192.0.2.1', told);
try { resolver.setServers(['127.0.0.1']); } catch (err) { log(err.name, err.code); }
resolver.cancel();
log('cancelled');
