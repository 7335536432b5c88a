// node validate.mjs MODULE FILE…: what @ooxml-tools/validate finds in each Word file, one line of JSON a file.
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [module, ...files] = process.argv.slice(2);
const { default: validate } = await import(pathToFileURL(module));
for (const file of files) {
  const errors = await validate(await readFile(file), "docx", "Microsoft365");
  console.log(JSON.stringify({ file, errors }));
}
process.exit(0);
