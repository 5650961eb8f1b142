// names of an address, and of one that has none
const dns = require('dns');
const { log } = require('./prelude');

dns.lookupService('127.0.0.1', 80, (err, hostname, service) => {
  log(err, hostname, service);
  dns.lookupService('127.0.0.1', '0', (err, hostname, service) => {
    log(err, hostname, service);
    dns.reverse('127.0.0.1', (err, names) => log(err, names.length > 0));
  });
});
log('called');
