import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import {
  madeUpOdsLines,
  type OdsBatch,
  odsColumns,
  readOdsFile,
  readOdsRows,
  refusalReasons,
  writeRefusalReport,
} from "../src/index.ts";
import { parseLines } from "../src/parse-lines.ts";

const folder = mkdtempSync(join(tmpdir(), "clic-ods-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const context = { asAt: "2026-11-25", kind: null, most: 500 };
/** A stream of these bytes in pieces of a size. */
async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function all(batches: AsyncIterable<OdsBatch>): Promise<OdsBatch> {
  const found: OdsBatch[] = [];
  for await (const batch of batches) found.push(batch);
  return {
    rows: found.flatMap(({ rows }) => rows),
    refused: found.flatMap(({ refused }) => refused),
    next: found.at(-1)?.next ?? { byte: 0, line: 1 },
  };
}
const fields = (values: Record<number, string>): string =>
  Array.from({ length: odsColumns }, (_, index) => `"${values[index + 1] ?? ""}"`).join(",");
const good = { 1: "A81001", 2: "THE SURGERY", 11: "19740401", 13: "A" };
const readText = (text: string | Buffer, size = 7) => all(readOdsRows(inPieces(Buffer.from(text), size), context));
const reasonOf = async (values: Record<number, string>): Promise<string | undefined> => {
  const { rows, refused } = await readText(`${fields(good)}\n${fields({ ...good, ...values })}\n`, 1000);
  expect(rows.length + refused.length).toBe(2);
  return refused[0]?.reason;
};

describe("a file of ODS", () => {
  it("is read as its columns are laid out", async () => {
    const line = fields({
      1: "A81001",
      2: " THE SURGERY ",
      3: "Y63",
      4: "QHM",
      5: "1 HIGH STREET",
      8: "KENDAL",
      10: "LA9 1AA",
      11: "19740401",
      12: "20130331",
      13: "C",
      14: "B",
      15: "01H",
      16: "20020401",
      17: "20130331",
      18: "01539 000000",
      22: "0",
      26: "4",
    });
    expect((await readText(line)).rows).toEqual([
      {
        line: 1,
        odsCode: "A81001",
        name: "THE SURGERY",
        kind: "PRACTICE",
        status: "INACTIVE",
        odsStatus: "CLOSED",
        parentCode: "01H",
        parentFrom: "2002-04-01",
        parentTo: "2013-03-31",
        validFrom: "1974-04-01",
        validTo: "2013-03-31",
        addressLines: ["1 HIGH STREET", "KENDAL"],
        postcode: "LA9 1AA",
        telephone: "01539 000000",
      },
    ]);
  });

  it("tells every status, by the dates where it has none, and the parent of prescribers by either column", async () => {
    const rows = await readText(
      [
        fields(good),
        fields({ ...good, 12: "20200101", 13: "C" }),
        fields({ ...good, 13: "D", 24: "E12" }),
        fields({ ...good, 11: "20990101", 13: "P" }),
        fields({ ...good, 13: "" }),
        fields({ ...good, 12: "20200101", 13: "", 24: "01H", 26: "1" }),
      ].join("\r\n"),
    );
    expect(rows.rows.map(({ status, odsStatus, parentCode }) => [status, odsStatus, parentCode])).toEqual([
      ["ACTIVE", "ACTIVE", null],
      ["INACTIVE", "CLOSED", null],
      ["INACTIVE", "DORMANT", null],
      ["PROPOSED", "PROPOSED", null],
      ["ACTIVE", "ACTIVE", null],
      ["INACTIVE", "CLOSED", "01H"],
    ]);
  });

  it("is the same in whatever pieces it comes, with a mark at its start or none, LF or CRLF, an end of line at its end or none", async () => {
    const lines = Array.from({ length: 30 }, (_, index) =>
      fields({ ...good, 1: `A8${1000 + index}`, 2: `CAFÉ "" ${index}` }),
    );
    const expected = (await readText(lines.join("\n"), 100_000)).rows;
    expect(expected).toHaveLength(30);
    expect(expected[3]?.name).toBe('CAFÉ " 3');
    for (const text of [`\uFEFF${lines.join("\n")}`, `${lines.join("\r\n")}\r\n`, `\uFEFF${lines.join("\r\n")}`])
      for (const size of [1, 2, 3, 64, 100_000]) expect((await readText(text, size)).rows).toEqual(expected);
  });

  it("goes on from any place that it told", async () => {
    const path = join(folder, "places.csv");
    writeFileSync(
      path,
      Buffer.concat(Array.from(madeUpOdsLines({ rows: 400, brokenPerCent: 20 }), ({ bytes }) => bytes)),
    );
    const whole = await all(readOdsFile(path, context));
    for await (const { next } of readOdsFile(path, { ...context, most: 37 })) {
      const rest = await all(readOdsFile(path, { ...context, from: next }));
      expect(rest.rows).toEqual(whole.rows.filter(({ line }) => line >= next.line));
      expect(rest.refused).toEqual(whole.refused.filter(({ line }) => line >= next.line));
    }
  });

  it("has each of its lines either as a row or as refused, and what was broken is refused for what was broken", async () => {
    const lines = Array.from(madeUpOdsLines({ rows: 3000, brokenPerCent: 30 }));
    const { rows, refused } = await all(
      readOdsRows(inPieces(Buffer.concat(lines.map(({ bytes }) => bytes)), 65_536), context),
    );
    expect([...rows, ...refused].map(({ line }) => line).sort((a, b) => a - b)).toEqual(
      lines.map((_, index) => index + 1),
    );
    // These show only when all rows are there.
    const together = new Set(["DUPLICATE_CODE", "UNKNOWN_PARENT", "PARENT_CYCLE"]);
    const told = new Map(refused.map(({ line, reason }) => [line, reason]));
    for (const [index, { broken }] of lines.entries())
      expect([index, told.get(index + 1) ?? null]).toEqual([
        index,
        broken === null || together.has(broken) ? null : broken,
      ]);
    expect(new Set(refused.map(({ reason }) => reason)).size).toBe(13);
  });

  it("loses nothing whatever its bytes are", async () => {
    const piece = fc.constantFrom('"', ",", "\n", "\r\n", "\r", "\0", "é", "A81001", '","', fields(good), "\uFEFF");
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 50 }), async (pieces, size) => {
        const text = pieces.join("");
        const { rows, refused, next } = await readText(text, size);
        const lines = text === "" ? 0 : text.replace(/\n$/, "").split("\n").length;
        expect(rows.length + refused.length).toBe(lines);
        expect(next).toEqual({ byte: Buffer.byteLength(text), line: lines + 1 });
      }),
      { numRuns: process.env["TEST_LONG"] === "1" ? 5000 : 300 },
    );
  });

  it("has in a line what the library says that a line of its own has", () => {
    const piece = fc.constantFrom('"', '""', ",", " ", "a", "é", '"b"', '","');
    fc.assert(
      fc.property(fc.array(fc.array(piece, { maxLength: 12 }), { minLength: 1, maxLength: 8 }), (all) => {
        const texts = all.map((parts) => parts.join(""));
        const lines = texts.map((text, index) => ({ number: index + 2, bytes: Buffer.from(text), end: 0 }));
        const alone = (text: string): readonly string[] | string => {
          if (text === "") return [""];
          try {
            const records = parse(text, { relax_column_count: true, record_delimiter: "\n" });
            return records.length === 1 ? (records[0] as string[]) : "BAD_QUOTING";
          } catch {
            return "BAD_QUOTING";
          }
        };
        expect(parseLines(lines)).toEqual(texts.map(alone));
      }),
      { numRuns: process.env["TEST_LONG"] === "1" ? 20_000 : 1000 },
    );
  });

  it("refuses what its values can't be", async () => {
    expect(await reasonOf({})).toBeUndefined();
    for (const day of [
      "20230229",
      "20231301",
      "20230001",
      "20230132",
      "2023-01-01",
      "230101",
      "00000000",
      "17991231",
      "22000101",
    ])
      expect([day, await reasonOf({ 11: day })]).toEqual([day, "BAD_DATE"]);
    for (const day of ["20240229", "20000229", "20231231"]) expect(await reasonOf({ 11: day })).toBeUndefined();
    expect(await reasonOf({ 11: "19000229" })).toBe("BAD_DATE");
    expect(await reasonOf({ 11: "20200102", 12: "20200101", 13: "C" })).toBe("CLOSES_BEFORE_OPENING");
    expect(await reasonOf({ 16: "20200102", 17: "20200101" })).toBe("LEAVES_BEFORE_JOINING");
    for (const letter of ["B", "a", "AC", "0"]) expect(await reasonOf({ 13: letter })).toBe("UNKNOWN_STATUS");
    expect(await reasonOf({ 13: "C" })).toBe("STATUS_AGAINST_DATES");
    expect(await reasonOf({ 12: "20990101", 13: "C" })).toBe("STATUS_AGAINST_DATES");
    expect(await reasonOf({ 12: "20200101", 13: "A" })).toBe("STATUS_AGAINST_DATES");
    expect(await reasonOf({ 12: "20990101", 13: "A" })).toBeUndefined();
    for (const code of ["", "AB", "ABCDEFGHIJK", "a81001", "A 1", "DEMO-1"])
      expect(await reasonOf({ 1: code })).toBe("BAD_CODE");
    expect(await reasonOf({ 15: "x" })).toBe("BAD_CODE");
    expect(await reasonOf({ 15: "A81001" })).toBe("PARENT_CYCLE");
    expect(await reasonOf({ 2: "  " })).toBe("NO_NAME");
    expect(await reasonOf({ 2: "x".repeat(201) })).toBe("BAD_TEXT");
    expect(await reasonOf({ 10: "LA9\t1AA" })).toBe("BAD_TEXT");
    expect((await readText('"A81001,"B"\n')).refused[0]?.reason).toBe("BAD_QUOTING");
    expect((await readText("\n")).refused[0]?.reason).toBe("WRONG_COLUMNS");
    expect((await readText(Buffer.from("A81001,CAF\xc9", "latin1"))).refused[0]?.reason).toBe("NOT_UTF8");
  });

  it("is never held whole: a line without end costs no memory", async () => {
    const piece = Buffer.alloc(1_000_000, "x");
    async function* endless(): AsyncGenerator<Buffer> {
      for (let count = 0; count < 1000; count++) yield piece;
      yield Buffer.from(`\n${fields(good)}\n`);
    }
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watched = async function* (): AsyncGenerator<Buffer> {
      for await (const chunk of endless()) {
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
        yield chunk;
      }
    };
    const { rows, refused } = await all(readOdsRows(watched(), context));
    expect({ rows: rows.length, refused }).toEqual({
      rows: 1,
      refused: [{ line: 1, code: null, reason: "LINE_TOO_LONG" }],
    });
    expect(most).toBeLessThan(50_000_000);
  });
});

describe("a made-up file", () => {
  it("is the same on every run, with every status and every way to be broken", () => {
    const make = () => Array.from(madeUpOdsLines({ rows: 5000, brokenPerCent: 20 }));
    const [one, two] = [make(), make()];
    expect(Buffer.concat(one.map(({ bytes }) => bytes)).equals(Buffer.concat(two.map(({ bytes }) => bytes)))).toBe(
      true,
    );
    const broken = new Set(one.map((line) => line.broken));
    // These need a directory that was there before.
    for (const reason of Object.keys(refusalReasons).filter(
      (each) => !["STATUS_REFUSED", "CODE_REUSED"].includes(each),
    ))
      expect([reason, broken.has(reason as never)]).toEqual([reason, true]);
    const text = Buffer.concat(one.map(({ bytes }) => bytes)).toString("latin1");
    for (const letter of ["A", "C", "D", "P"]) expect(text).toContain(`,"${letter}",`);
  });
});

describe("the report of refused rows", () => {
  it("says line, code and reason, and is no formula in a spreadsheet", async () => {
    const path = join(folder, "refused.csv");
    async function* refusals() {
      yield { line: 3, code: '=HYPERLINK("x")', reason: "BAD_CODE" } as const;
      yield { line: 9, code: null, reason: "NOT_UTF8" } as const;
    }
    await writeRefusalReport(path, refusals());
    expect(parse(readFileSync(path))).toEqual([
      ["line", "code", "reason", "message"],
      ["3", `'=HYPERLINK("x")`, "BAD_CODE", refusalReasons.BAD_CODE],
      ["9", "", "NOT_UTF8", refusalReasons.NOT_UTF8],
    ]);
  });

  it("leaves what was there when it fails", async () => {
    const path = join(folder, "kept.csv");
    writeFileSync(path, "before");
    // oxlint-disable-next-line require-yield -- it fails before it has one
    async function* failing(): AsyncGenerator<never> {
      throw new Error("gone");
    }
    await expect(writeRefusalReport(path, failing())).rejects.toThrow("gone");
    expect(readFileSync(path, "utf8")).toBe("before");
  });
});
