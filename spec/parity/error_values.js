// Error, TypeError, RangeError: name, message, cause, and as text
const { log, attempt } = require('./prelude');

const cause = new Error('the reason');
const err = new Error('what happened', { cause });
log(err.name, err.message, err.cause === cause, err.code, err.errno);
log(String(err), 'error: ' + err);
log(String(new TypeError('t')), String(new RangeError('r')), new TypeError('t').name);
log(new Error().message === '', String(new Error()));
err.code = 'E_MINE';
err.extra = 5;
log(err.code, err.extra, err);
attempt('thrown', () => { throw err; });
try { throw err; } catch (caught) { log(caught === err, typeof caught.stack); }
