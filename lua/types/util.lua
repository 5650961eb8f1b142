---@meta util

--- Helpers. [Node](https://nodejs.org/api/util.html)
---@class util
---@field inspect util.inspect
local util = {}

---@class moonport.InspectOptions
---@field depth? number how many levels of tables are shown below the first (2); math.huge: all
---@field colors? boolean ANSI colours (false)
---@field breakLength? number columns that an entry may take before it is broken into lines (72)
---@field maxArrayLength? integer how many items of a sequence are shown (100)
---@field maxStringLength? integer how many characters of a string are shown (10000)
---@field compact? integer|false how many inner levels may share a line (3); false: one entry a line
---@field customInspect? boolean whether __inspect and __tostring are asked (true)
---@field numericSeparator? boolean numbers as 1_234 (false)

--- Shows any value as text, strings quoted. Never fails. Keys of tables are sorted.
--- [Node](https://nodejs.org/api/util.html#utilinspectobject-options)
---
--- A metatable may say how its values are shown: by `__tostring`, or by `__inspect(value, depth, options)`, which
--- returns the text or a list of `{ key, value }`.
---@class util.inspect
---@overload fun(value: any, options?: moonport.InspectOptions): string
---@field defaultOptions moonport.InspectOptions what holds for console and format too; it may be changed
---@field colors table<string, integer[]> the codes that turn a colour or style on and off
---@field custom "__inspect"

--- The values as one text. A first string is a format: %s text, %d number, %i integer, %f float, %j JSON (needs
--- lua-cjson), %o and %O inspected, %c nothing, %% a percent sign; further values follow after a space.
--- [Node](https://nodejs.org/api/util.html#utilformatformat-args)
---@param ... any
---@return string
function util.format(...) end

--- format() with options for the values that are inspected. Raises ERR_INVALID_ARG_TYPE unless they are a table.
--- [Node](https://nodejs.org/api/util.html#utilformatwithoptionsinspectoptions-format-args)
---@param options moonport.InspectOptions
---@param ... any
---@return string
function util.formatWithOptions(options, ...) end

--- A text without its ANSI escape sequences. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/util.html#utilstripvtcontrolcharactersstr)
---@param text string
---@return string
function util.stripVTControlCharacters(text) end

--- Lets one class inherit from another; a class is a table that is the metatable of its objects. `constructor.super_`
--- is `super` afterwards. Raises ERR_INVALID_ARG_TYPE unless both are tables.
--- [Node](https://nodejs.org/api/util.html#utilinheritsconstructor-superconstructor)
---@param constructor table
---@param super table
function util.inherits(constructor, super) end

---@class util.StyleTextOptions
---@field validateStream? boolean whether the text stays bare where no colours are shown (true)
---@field stream? any where it will be shown: has it `isTTY`? (standard output, with the colours of console)

--- A text in a colour or style, or in several. Raises ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE.
--- [Node](https://nodejs.org/api/util.html#utilstyletextformat-text-options)
---@param styles string|string[] names of `inspect.colors`: "red", "bold", "bgBlue", ...
---@param text string
---@param options? util.StyleTextOptions
---@return string
function util.styleText(styles, text, options) end

---@class util.DebugLog
---@overload fun(...: any)
---@field enabled boolean

--- A function that prints on standard error, as format() makes it, `NET 1234: text`, if the environment variable
--- NODE_DEBUG names the section: "net", "net,dgram", "*". Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/util.html#utildebuglogsection-callback)
---@param section string
---@return util.DebugLog
function util.debuglog(section) end

--- The same as debuglog. [Node](https://nodejs.org/api/util.html#utildebugsection)
---@param section string
---@return util.DebugLog
function util.debug(section) end

--- The name of a system error by its number, the field `errno` of errors: -111 is "ECONNREFUSED". Raises
--- ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE.
--- [Node](https://nodejs.org/api/util.html#utilgetsystemerrornameerr)
---@param err integer
---@return string
function util.getSystemErrorName(err) end

--- Whether two values are the same, tables by their raw fields and metatables. nan is nan, 0 is not -0; a table as a
--- key is that table; errors are the same wherever they come from.
--- [Node](https://nodejs.org/api/util.html#utilisdeepstrictequalval1-val2)
---@param a any
---@param b any
---@return boolean
function util.isDeepStrictEqual(a, b) end

return util
