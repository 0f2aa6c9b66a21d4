// When notices are read. ../notices.js shows them.

// Support staff write them by hand, into a file that the generator neither makes nor
// removes. Where there is none, the script that shows them is not loaded.

const showNotices = () => window.errkbNotices?.show() ?? "";

const noticesLast = 60_000;
let noticesReadAt;
async function readNotices() {
  const now = Date.now();
  if (!byId("notices") || !isServed || now < noticesReadAt + noticesLast) return;
  noticesReadAt = now;
  const from = (folder) => fetch(folder + "notices.json", { cache: "no-cache" }).catch(() => ({}));
  // One file is enough for all languages, whose folders are beside their style.
  let response = await from(root);
  const home = document.querySelector("link[rel=stylesheet]").href.replace(/[^/]*$/, "");
  if (!response.ok && home !== root) response = await from(home);
  if (response.ok) await load("notices.js");
  const news = await window.errkbNotices?.read(response);
  if (news) announce(news);
}
