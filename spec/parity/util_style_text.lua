-- styleText and inspect.colors; getSystemErrorName; stripVTControlCharacters
local p = require "prelude"
local util = require "util"
local always = { validateStream = false }

for _, name in ipairs { "reset", "bold", "dim", "italic", "underline", "blink", "inverse", "hidden", "strikethrough", "doubleunderline",
  "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bgBlack", "bgRed", "bgGreen", "bgYellow", "bgBlue",
  "bgMagenta", "bgCyan", "bgWhite", "framed", "overlined", "gray", "redBright", "greenBright", "yellowBright", "blueBright",
  "magentaBright", "cyanBright", "whiteBright", "bgGray", "bgRedBright", "bgGreenBright", "bgYellowBright", "bgBlueBright",
  "bgMagentaBright", "bgCyanBright", "bgWhiteBright", "grey", "bgGrey" } do
  p.log(name, util.inspect.colors[name], { util.styleText(name, "x", always) })
end
p.log({ util.styleText({ "bold", "red", "bgBlue" }, "x", always) }, util.styleText("red", "plain"))
p.attempt("nope", function() return util.styleText("nope", "x") end)
p.attempt("validate", function() return util.styleText("red", "x", { validateStream = 5 }) end)
p.attempt("text", function() return util.styleText("red", 5) end)

for _, err in ipairs { -111, -98, -2, -32, -104, -3008, -9999, 0, 5, -1.5, "x", true } do p.attempt(err,
  function() return util.getSystemErrorName(err) end) end
for _, text in ipairs { "\27[4mvalue\27[0m", "\27]8;;http://x\7link\27]8;;\7", "a\27[2Kb\u{9b}31mc", 5 } do
  p.attempt("strip", function() return util.stripVTControlCharacters(text) end)
end
p.attempt("options", function() return util.formatWithOptions(5, "x") end)
