// wrong arguments of lookup, lookupService and setDefaultResultOrder
const dns = require('dns');
const { log, attempt } = require('./prelude');

const never = () => log('never');
attempt('options of text', () => dns.lookup('127.0.0.1', 'x', never));
attempt('options of boolean', () => dns.lookup('127.0.0.1', true, never));
attempt('hostname of number', () => dns.lookup(5, never));
attempt('family 5', () => dns.lookup('127.0.0.1', 5, never));
for (const family of [5, '4', true]) attempt('family', () => dns.lookup('127.0.0.1', { family }, never));
for (const hints of ['4', 100, true]) attempt('hints', () => dns.lookup('127.0.0.1', { hints }, never));
for (const all of [1, 'x']) attempt('all', () => dns.lookup('127.0.0.1', { all }, never));
attempt('verbatim', () => dns.lookup('127.0.0.1', { verbatim: 0 }, never));
for (const order of [1, 'x']) attempt('order', () => dns.lookup('127.0.0.1', { order }, never));
attempt('lookupService 0', () => dns.lookupService());
attempt('lookupService 2', () => dns.lookupService('127.0.0.1', never));
attempt('lookupService address', () => dns.lookupService('x', 0, never));
for (const port of [65536, -1, 'x', 1.5]) attempt('lookupService port', () => dns.lookupService('127.0.0.1', port, never));
attempt('order', () => dns.setDefaultResultOrder('x'));
attempt('no order', () => dns.setDefaultResultOrder());
log(dns.getDefaultResultOrder());
dns.setDefaultResultOrder('ipv4first');
log(dns.getDefaultResultOrder());
log(dns.ADDRCONFIG, dns.V4MAPPED, dns.ALL, dns.NODATA, dns.TIMEOUT, dns.EOF, dns.CANCELLED, dns.NOTFOUND);
