/** The page brings its own simulated Agora: two clicks, one task, and what is said. Returns how many calls were refused. */
export async function walkSimulated(tab) {
  await tab.getByRole('button', { name: 'Start captions' }).evaluate((button) => {
    button.click()
    button.click()
  })
  await tab.getByRole('button', { name: '1 task' }).waitFor()
  const captions = tab.getByRole('region', { name: 'Captions' })
  await captions.getByText('Good morning, everybody.').waitFor()
  return 0
}
