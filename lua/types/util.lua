---@meta util

--- Helpers. [Node](https://nodejs.org/api/util.html)
---@class util
local util = {}

---@class moonport.InspectOptions
---@field depth? number how many levels of tables are shown below the first (2); math.huge: all
---@field colors? boolean ANSI colours (false)
---@field breakLength? number columns that an entry may take before it is broken into lines (72)
---@field maxArrayLength? integer how many items of a sequence are shown (100)
---@field maxStringLength? integer how many characters of a string are shown (10000)
---@field compact? integer|false how many inner levels may share a line (3); false: one entry a line

--- Shows any value as text, strings quoted. Never fails.
--- [Node](https://nodejs.org/api/util.html#utilinspectobject-options)
---@param value any
---@param options? moonport.InspectOptions
---@return string
function util.inspect(value, options) end

--- The values as one text. A first string is a format: %s text, %d number, %i integer, %f float, %j JSON (needs
--- lua-cjson), %o and %O inspected, %c nothing, %% a percent sign; further values follow after a space.
--- [Node](https://nodejs.org/api/util.html#utilformatformat-args)
---@param ... any
---@return string
function util.format(...) end

--- format() with options for the values that are inspected.
--- [Node](https://nodejs.org/api/util.html#utilformatwithoptionsinspectoptions-format-args)
---@param options moonport.InspectOptions
---@param ... any
---@return string
function util.formatWithOptions(options, ...) end

--- A text without its ANSI escape sequences. Raises unless it is given a string.
--- [Node](https://nodejs.org/api/util.html#utilstripvtcontrolcharactersstr)
---@param text string
---@return string
function util.stripVTControlCharacters(text) end

--- Lets one class inherit from another; a class is a table that is the metatable of its objects. `constructor.super_`
--- is `super` afterwards. Raises unless both are tables.
--- [Node](https://nodejs.org/api/util.html#utilinheritsconstructor-superconstructor)
---@param constructor table
---@param super table
function util.inherits(constructor, super) end

return util
