// Asks a running Sobre through OpenAI's official JavaScript client; prints one JSON object.
// node ask.mjs BASE_URL KEY
import assert from "node:assert/strict";
import OpenAI from "openai";

const [baseURL, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const text = "Bonjour, ça va ?";
const messages = [{ role: "user", content: text }];
const told = {};

async function fails(kind, asked, using = client) {
  try {
    await using.chat.completions.create({ model: "echo", messages, ...asked });
  } catch (error) {
    assert.ok(error instanceof kind, `${error}`);
    return [error.status, error.code];
  }
  assert.fail("no error was raised");
}

const { data: answer, response } = await client.chat.completions
  .create({ model: "echo", messages })
  .withResponse();
assert.equal(answer.choices[0].message.content, text);
assert.equal(answer.sobre.exchange, response.headers.get("x-sobre-exchange"));
told.chat = answer.sobre.rung;

let said = "";
let last;
for await (const chunk of await client.chat.completions.create({
  model: "echo", messages, stream: true, stream_options: { include_usage: true },
})) {
  said += chunk.choices[0]?.delta?.content ?? "";
  last = chunk;
}
assert.equal(said, text);
assert.equal(last.usage.total_tokens, 18);
told.stream = last.sobre.rung;

const tools = [{ type: "function", function: { name: "look_up", parameters: { type: "object" } } }];
const streamed = client.chat.completions.stream({ model: "caller", messages, tools });
const call = (await streamed.finalChatCompletion()).choices[0].message.tool_calls[0];
assert.deepEqual(JSON.parse(call.function.arguments), { text });
const after = await client.chat.completions.create({
  model: "echo",
  messages: [
    ...messages,
    { role: "assistant", tool_calls: [call] },
    { role: "tool", tool_call_id: call.id, content: "found" },
  ],
});
assert.equal(after.choices[0].message.content, text);
told.tools = call.function.name;

const shaped = await client.chat.completions.create({
  model: "shaped",
  messages,
  response_format: {
    type: "json_schema",
    json_schema: { name: "city", schema: { type: "object", properties: { name: { type: "string" } } } },
  },
});
told.schema = JSON.parse(shaped.choices[0].message.content);

const many = await client.chat.completions.create({ model: "many", messages, n: 2, stop: ["x"], seed: 1 });
told.n = many.choices.length;

const vectors = await client.embeddings.create({ model: "echo", input: ["un", "deux"], encoding_format: "float" });
told.embeddings = vectors.data.map((one) => one.embedding[0]);

const replied = await client.responses.create({ model: "echo", input: text });
told.responses = replied.output_text;

told.models = [];
for await (const model of client.models.list()) told.models.push(model.id);

told.wrongKey = await fails(OpenAI.AuthenticationError, {}, new OpenAI({ baseURL, apiKey: "sk-wrong", maxRetries: 0 }));
told.unknownModel = await fails(OpenAI.NotFoundError, { model: "nobody" });
told.badParameter = await fails(OpenAI.BadRequestError, { temperature: 9 });
told.down = await fails(OpenAI.InternalServerError, { model: "down" });
told.busy = await fails(OpenAI.RateLimitError, { model: "busy" });

// A reader who stops in the middle.
const stopped = await client.chat.completions.create({ model: "slow", messages: [{ role: "user", content: "word ".repeat(200) }], stream: true });
for await (const _ of stopped) break;
told.stopped = true;

console.log(JSON.stringify(told));
