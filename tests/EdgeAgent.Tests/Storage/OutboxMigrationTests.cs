using System.Text.Json;
using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Tests.Storage;

public sealed class OutboxMigrationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_an_agent_of_the_first_schema_left_is_sent_by_this_one_with_the_same_bytes_and_numbers()
    {
        var path = Path.Combine(_folder.Path, "outbox.db");
        var bodies = Enumerable.Range(1, 5).Select(i => $$"""{"id":"{{Guid.NewGuid()}}","seq":{{i}},"alarmId":"{{Guid.NewGuid()}}","kind":"machine"}""").ToList();
        Version1(path, bodies);

        using var outbox = new Outbox(path);
        var records = outbox.ReadAfter(0, 10);

        Assert.Equal(bodies, records.Select(record => System.Text.Encoding.UTF8.GetString(record.Body)));
        Assert.Equal(bodies.Select(body => JsonDocument.Parse(body).RootElement.GetProperty("alarmId").GetString()), records.Select(record => record.Alarm));
        Assert.Equal(6, outbox.Commit([OutboxItems.Decision()], OutboxItems.Now)[0].Seq);
        Assert.Equal((6, 5, 1, 0), (outbox.Status().LastSeq, outbox.Status().Stored - 1, outbox.Status().Dead, outbox.Status().Lost + 1));
    }

    [Fact]
    public void A_file_of_a_newer_agent_is_refused_and_stays_as_it_is()
    {
        var path = Path.Combine(_folder.Path, "outbox.db");
        new Outbox(path).Dispose();
        Execute(path, $"PRAGMA user_version = 99; PRAGMA application_id = {OutboxDatabase.Mark + 99}");

        var refusal = Assert.Throws<InvalidDataException>(() => new Outbox(path, patient: true).Dispose());

        Assert.Contains("99", refusal.Message);
        Assert.Single(Directory.GetFiles(_folder.Path, "*.db"));
    }

    private static void Version1(string path, IReadOnlyList<string> bodies)
    {
        var inserts = bodies.Select((body, i) =>
            $"INSERT INTO outbox VALUES ({i + 1}, '{JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()}', 'decision', {i + 1}, 'warning', 1000, CAST('{body}' AS BLOB));");
        Execute(path, """
            CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
            INSERT INTO counter VALUES ('seq', 5), ('stored', 5), ('delivered', 0), ('dead', 1);
            CREATE TABLE outbox (position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, seq INTEGER,
              severity TEXT NOT NULL, made_ms INTEGER NOT NULL, body BLOB NOT NULL);
            CREATE TABLE dead_letter (position INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, reason INTEGER NOT NULL, body BLOB NOT NULL);
            INSERT INTO dead_letter VALUES (9, 'x', 'decision', 149, x'7B7D');
            PRAGMA user_version = 1;
            """ + string.Concat(inserts));
    }

    private static void Execute(string path, string sql)
    {
        SqliteLibrary.Load();
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
