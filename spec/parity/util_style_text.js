// styleText and inspect.colors; getSystemErrorName; stripVTControlCharacters
const { log, attempt } = require('./prelude');
const util = require('util');
const always = { validateStream: false };

for (const name of ['reset', 'bold', 'dim', 'italic', 'underline', 'blink', 'inverse', 'hidden', 'strikethrough', 'doubleunderline',
  'black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white', 'bgBlack', 'bgRed', 'bgGreen', 'bgYellow', 'bgBlue',
  'bgMagenta', 'bgCyan', 'bgWhite', 'framed', 'overlined', 'gray', 'redBright', 'greenBright', 'yellowBright', 'blueBright',
  'magentaBright', 'cyanBright', 'whiteBright', 'bgGray', 'bgRedBright', 'bgGreenBright', 'bgYellowBright', 'bgBlueBright',
  'bgMagentaBright', 'bgCyanBright', 'bgWhiteBright', 'grey', 'bgGrey']) {
  log(name, util.inspect.colors[name], [util.styleText(name, 'x', always)]);
}
log([util.styleText(['bold', 'red', 'bgBlue'], 'x', always)], util.styleText('red', 'plain'));
attempt('nope', () => util.styleText('nope', 'x'));
attempt('validate', () => util.styleText('red', 'x', { validateStream: 5 }));
attempt('text', () => util.styleText('red', 5));

for (const err of [-111, -98, -2, -32, -104, -3008, -9999, 0, 5, -1.5, 'x', true]) attempt(err, () => util.getSystemErrorName(err));
for (const text of ['\u001b[4mvalue\u001b[0m', '\u001b]8;;http://x\u0007link\u001b]8;;\u0007', 'a\u001b[2Kb\u009b31mc', 5]) {
  attempt('strip', () => util.stripVTControlCharacters(text));
}
attempt('options', () => util.formatWithOptions(5, 'x'));
