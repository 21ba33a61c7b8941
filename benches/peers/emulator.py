"""The screen of a terminal, kept up to date from the bytes that a program writes. Plain Python."""
import codecs, re, unicodedata

# A whole escape sequence, a control character, or a run of other characters.
TOKEN = re.compile(r"\x1b\[([<=>?]?)([0-9;:]*)([ -/]*)([@-~])"  # control sequence
                   r"|\x1b[\]PX^_].*?(?:\x07|\x1b\\)"           # a string for the terminal, such as a title
                   r"|\x1b[ -/]+[0-~]|\x1b[0-Z\\`-~]"            # charsets, and short sequences
                   r"|[\x00-\x1a\x1c-\x1f\x7f]|[^\x00-\x1f\x7f]+", re.S)

# Foreground, background, and the sorted numbers of other attributes such as bold (1) and reverse (7).
PLAIN = ("", "", ())
# What a number of an SGR sequence switches off.
OFF = {22: (1, 2), 23: (3,), 24: (4, 21), 25: (5, 6), 27: (7,), 28: (8,), 29: (9,)}


class Emulator:
    """Characters and colours of each cell. Understands what terminfo's xterm-256color lets programs send."""

    def __init__(self, columns, lines):
        self.columns, self.lines = columns, lines
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.pending = ""
        self.reset()

    def reset(self):
        self.style, self.row, self.column, self.saved, self.wraps = PLAIN, 0, 0, (0, 0, PLAIN), False
        self.top, self.bottom = 0, self.lines - 1
        self.cells = [self.blank() for _ in range(self.lines)]

    def blank(self):
        return [(" ", PLAIN)] * self.columns

    def feed(self, data):
        text = self.pending + self.decoder.decode(data)
        place = 0
        while place < len(text):
            token = TOKEN.match(text, place)
            if not token:
                break
            place = token.end()
            self.take(token)
        self.pending = text[place:]

    def text(self):
        return "\n".join("".join(char for char, _ in line) for line in self.cells)

    def state(self):
        """Everything that is seen, to find out whether it changed. The cursor counts: some lists move only that."""
        return tuple(map(tuple, self.cells)), self.row, self.column

    def take(self, token):
        text = token.group()
        if token.group(4):
            self.control(token.group(1), token.group(2), token.group(4))
        elif text[0] == "\x1b":
            self.escape(text)
        elif text[0] < " " or text[0] == "\x7f":
            self.move(text)
        else:
            for char in text:
                self.put(char)

    def put(self, char):
        width = 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if width == 0:
            return
        if self.wraps or self.column + width > self.columns:
            self.column, self.wraps = 0, False
            self.line_feed()
        line = self.cells[self.row]
        line[self.column] = self.last = (char, self.style)
        if width == 2:
            line[self.column + 1] = ("", self.style)
        self.column += width
        if self.column >= self.columns:
            self.column, self.wraps = self.columns - 1, True

    def move(self, char):
        self.wraps = False
        if char == "\r":
            self.column = 0
        elif char in "\n\v\f":
            self.line_feed()
        elif char == "\b":
            self.column = max(0, self.column - 1)
        elif char == "\t":
            self.column = min(self.columns - 1, self.column // 8 * 8 + 8)

    def line_feed(self):
        if self.row == self.bottom:
            self.scroll(1)
        else:
            self.row = min(self.lines - 1, self.row + 1)

    def scroll(self, count, top=None):
        """Moves the lines of the scroll region up, or down if `count` is negative."""
        top = self.top if top is None else top
        for _ in range(min(abs(count), self.lines)):
            if count > 0:
                del self.cells[top]
                self.cells.insert(self.bottom, self.blank())
            else:
                del self.cells[self.bottom]
                self.cells.insert(top, self.blank())

    def escape(self, text):
        final = text[-1] if len(text) == 2 else "charset"
        if final == "7":
            self.saved = (self.row, self.column, self.style)
        elif final == "8":
            self.row, self.column, self.style = self.saved
        elif final == "c":
            self.reset()
        elif final in ("D", "E"):
            self.column = 0 if final == "E" else self.column
            self.line_feed()
        elif final == "M":
            if self.row == self.top:
                self.scroll(-1)
            else:
                self.row = max(0, self.row - 1)

    def control(self, mark, parameters, final):
        if final == "m" and not mark:
            self.style = styled(self.style, parameters)
        elif mark:
            if final == "h" and "1049" in parameters:
                self.cells = [self.blank() for _ in range(self.lines)]
        elif handler := CONTROLS.get(final):
            numbers = [int(part) if part.isdigit() else 0 for part in parameters.split(";")]
            self.wraps = self.wraps and final == "b"
            handler(self, numbers)

    def erase_line(self, numbers):
        line, blank = self.cells[self.row], (" ", self.style)
        begin, end = [(self.column, self.columns), (0, self.column + 1), (0, self.columns)][min(numbers[0], 2)]
        line[begin:end] = [blank] * (end - begin)

    def erase_screen(self, numbers):
        if numbers[0] in (0, 1):
            self.erase_line(numbers)
        rows = [range(self.row + 1, self.lines), range(self.row), range(self.lines)][min(numbers[0], 2)]
        for row in rows:
            self.cells[row] = self.blank()

    def erase_characters(self, numbers):
        count = min(max(1, numbers[0]), self.columns - self.column)
        self.cells[self.row][self.column:self.column + count] = [(" ", self.style)] * count

    def insert_characters(self, numbers):
        line, count = self.cells[self.row], min(max(1, numbers[0]), self.columns - self.column)
        self.cells[self.row] = (line[:self.column] + [(" ", self.style)] * count + line[self.column:])[:self.columns]

    def delete_characters(self, numbers):
        line, count = self.cells[self.row], min(max(1, numbers[0]), self.columns - self.column)
        self.cells[self.row] = line[:self.column] + line[self.column + count:] + [(" ", self.style)] * count

    def repeat(self, numbers):
        for _ in range(max(1, numbers[0])):
            self.put(self.last[0])

    def go(self, row=None, column=None):
        self.row = min(max(0, self.row if row is None else row), self.lines - 1)
        self.column = min(max(0, self.column if column is None else column), self.columns - 1)

    def region(self, numbers):
        self.top = max(1, numbers[0]) - 1
        self.bottom = (numbers[1] if len(numbers) > 1 and numbers[1] else self.lines) - 1
        self.go(0, 0)


def styled(style, parameters):
    """The style after an SGR sequence. Two sequences that look the same give the same style."""
    foreground, background, flags = style
    parts = iter(parameters.split(";"))
    for part in parts:
        number = int(part.split(":")[0] or 0)
        if number == 0:
            foreground, background, flags = PLAIN
        elif number in (38, 48, 58):
            colour = part if ":" in part else colour_of(parts)
            foreground, background = (colour, background) if number == 38 else (foreground, colour if number == 48 else background)
        elif 30 <= number <= 39 or 90 <= number <= 97:
            foreground = "" if number == 39 else part
        elif 40 <= number <= 49 or 100 <= number <= 107:
            background = "" if number == 49 else part
        else:
            kept = set(flags) - set(OFF.get(number, ()))
            flags = tuple(sorted(kept if number in OFF else kept | {number}))
    return foreground, background, flags


def colour_of(parts):
    """The numbers that follow 38 or 48: `5;N`, or `2;R;G;B`."""
    kind = next(parts, "5")
    return ";".join([kind, *(next(parts, "0") for _ in range(1 if kind == "5" else 3))])


def steps(numbers):
    return max(1, numbers[0])


CONTROLS = {
    "A": lambda e, n: e.go(row=e.row - steps(n)), "B": lambda e, n: e.go(row=e.row + steps(n)),
    "C": lambda e, n: e.go(column=e.column + steps(n)), "D": lambda e, n: e.go(column=e.column - steps(n)),
    "E": lambda e, n: e.go(e.row + steps(n), 0), "F": lambda e, n: e.go(e.row - steps(n), 0),
    "G": lambda e, n: e.go(column=steps(n) - 1), "`": lambda e, n: e.go(column=steps(n) - 1),
    "d": lambda e, n: e.go(row=steps(n) - 1),
    "H": lambda e, n: e.go(steps(n) - 1, max(1, n[1] if len(n) > 1 else 1) - 1),
    "f": lambda e, n: e.go(steps(n) - 1, max(1, n[1] if len(n) > 1 else 1) - 1),
    "J": Emulator.erase_screen, "K": Emulator.erase_line, "X": Emulator.erase_characters,
    "@": Emulator.insert_characters, "P": Emulator.delete_characters, "b": Emulator.repeat, "r": Emulator.region,
    "S": lambda e, n: e.scroll(steps(n)), "T": lambda e, n: e.scroll(-steps(n)),
    "L": lambda e, n: e.scroll(-steps(n), e.row), "M": lambda e, n: e.scroll(steps(n), e.row),
    "s": lambda e, n: setattr(e, "saved", (e.row, e.column, e.style)),
    "u": lambda e, n: e.go(e.saved[0], e.saved[1]),
}
