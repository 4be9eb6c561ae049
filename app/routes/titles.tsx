export default function TitlesPage() {
  return null;
}
