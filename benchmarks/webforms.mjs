// ODK Web Forms' engine on a form and answers given as JSON: times as JSON. Needs a DOM, which Node lacks.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(`${process.cwd()}/`);
const { JSDOM } = require('jsdom');

const { window } = new JSDOM('<!doctype html><html></html>', { url: 'http://127.0.0.1/' });
for (const name of Object.getOwnPropertyNames(window)) {
	if (/^[A-Z]/.test(name) && !(name in globalThis)) {
		globalThis[name] = window[name];
	}
}
Object.assign(globalThis, { window, document: window.document, __dirname: process.cwd(), require });

const engine = await import(`file://${process.cwd()}/node_modules/@getodk/xforms-engine/dist/index.js`);
const { form, answers } = JSON.parse(readFileSync(0, 'utf8'));

const begun = performance.now();
const loaded = await engine.loadForm(form);
if (loaded.status === 'failure') {
	throw loaded.error;
}
const { root } = loaded.createInstance();
const load = performance.now() - begun;

const questions = new Map();
const walk = (node) => {
	const { reference, children } = node.currentState;
	questions.set(reference, node);
	(children ?? []).forEach(walk);
};
walk(root);

const times = answers.map(([path, number]) => {
	const question = questions.get(`/data/${path}`);
	const from = performance.now();
	question.setValue(BigInt(number));
	return performance.now() - from;
});
const values = [...questions]
	.filter(([, node]) => node.currentState.children == null)
	.map(([reference, node]) => [reference, node.currentState.instanceValue]);
console.log(JSON.stringify({ load, times, values }));
process.exit(0);
