using System.Text;
using EdgeAgent.Storage;

namespace EdgeAgent.Usb;

/// <summary>Puts the receipt on a stick whose content may be hostile: no link that lies there is written through.</summary>
internal static class ReceiptFile
{
    /// <exception cref="IOException">The stick is full, write-protected or gone; or a folder has the receipt's name.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string mount, string fileName, string text)
    {
        var path = Path.Combine(mount, fileName);
        var temporary = $"{path}{DurableFile.TemporaryEnding}";
        File.Delete(temporary);
        try
        {
            // CreateNew opens nothing that is there already, so neither a link; the rename replaces a link and not what it points to.
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                DurableFile.Sync(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        DurableFile.SyncDirectory(mount);
    }
}
