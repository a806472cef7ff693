// What programs open as a browser (the variable BROWSER): it only passes the address on, to `start-browser.ts`.
const [port, url] = process.argv.slice(2)
const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: url })
if (!answer.ok) {
  console.error(await answer.text())
  process.exitCode = 1
}
