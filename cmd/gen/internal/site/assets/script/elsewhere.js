// Pages without the paste field.

// An address is limited, and so is what a page hands to the first one in it: what
// stands behind # is not sent to a server.
const handedAtMost = 1 << 17;
const handOver = (text) => (document.location.href = root + "index.html#q=" + encodeURIComponent(text.slice(0, handedAtMost).replace(/\p{Cs}/gu, "")));

// What is pasted on a page without a field is a question too.
function startPage() {
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text");
    if (types(event.target) || text.trim() === "") return;
    event.preventDefault();
    handOver(text);
  });
  const tools = byId("bookmarklet");
  if (tools) startTools(tools);
}
