// the module's defaults for happy eyeballs
const net = require('net');
const { attempt, log } = require('./prelude');

log(net.getDefaultAutoSelectFamily(), net.getDefaultAutoSelectFamilyAttemptTimeout());
net.setDefaultAutoSelectFamily(false);
net.setDefaultAutoSelectFamilyAttemptTimeout(300);
log(net.getDefaultAutoSelectFamily(), net.getDefaultAutoSelectFamilyAttemptTimeout());
net.setDefaultAutoSelectFamilyAttemptTimeout(5);
log(net.getDefaultAutoSelectFamilyAttemptTimeout());
attempt('family', () => net.setDefaultAutoSelectFamily(5));
attempt('nothing', () => net.setDefaultAutoSelectFamily());
attempt('time', () => net.setDefaultAutoSelectFamilyAttemptTimeout(0));
attempt('string', () => net.setDefaultAutoSelectFamilyAttemptTimeout('x'));
