// AbortController: once and at once, with a reason; listeners after the abort hear nothing
const { log } = require('./prelude');

const controller = new AbortController();
const { signal } = controller;
log(signal.aborted, signal.reason, signal === controller.signal);
signal.addEventListener('abort', () => log('abort', signal.aborted, signal.reason));
signal.addEventListener('abort', () => log('abort, second'));
log('before');
log(controller.abort('because'));
log('after', signal.aborted, signal.reason);
controller.abort('again');
log(signal.reason);
signal.addEventListener('abort', () => log('never'));
const plain = new AbortController();
plain.abort();
log(plain.signal.reason.name, plain.signal.reason.message);
