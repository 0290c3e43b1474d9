using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.I2c;

namespace EdgeAgent.Tests.Sensors.Hardware.I2c;

public sealed class I2cRegisterDeviceTests : IDisposable
{
    private readonly FakeI2cBus _bus = new();
    private readonly FakeI2cChip _chip = new();

    public I2cRegisterDeviceTests() => _bus.Chips[0x48] = _chip;

    [Fact]
    public void Registers_become_numbers_as_the_config_lays_them_out()
    {
        _chip.Set(0x00, 0xE7, 0x00);
        _chip.Set(0x10, 0x34, 0x12);
        using var device = Device(Options(
            new I2cReadingOptions { Channel = "a", Register = "0x00", Signed = true, Shift = 4 },
            new I2cReadingOptions { Channel = "b", Register = "0x10", Order = I2cByteOrder.LowFirst },
            new I2cReadingOptions { Channel = "c", Register = "0x10", Bytes = 1, Bits = 4 }));

        Assert.Null(device.Open());
        Assert.Equal([-400, 0x1234, 4], Read(device, 3));
    }

    [Fact]
    public void Another_chip_at_the_address_is_refused_and_not_written_to()
    {
        _chip.Set(0xD0, 0x58);
        var options = Options(Temperature) with { ChipId = new I2cChipIdOptions { Register = "0xD0", Value = "0x60" }, Init = [Write("0xf427")] };
        using var device = Device(options);

        var fault = device.Open()!;

        Assert.Equal(ReadFaultKind.WrongId, fault.Kind);
        Assert.Equal("the chip at 0x48 on bus 1 says 0x58 in register 0xD0, and should say 0x60", fault.Why);
        Assert.Equal([[0xD0]], _chip.Writes);
        _chip.Set(0xD0, 0x60);
        Assert.Null(device.Open());
    }

    [Fact]
    public void Settings_are_written_whenever_it_is_opened_and_before_each_reading_what_starts_it()
    {
        using var device = Device(Options(Temperature) with { Init = [Write("0x0160a0")], Before = [Write("0x0201")] });

        Assert.Null(device.Open());
        Read(device, 1);
        Read(device, 1);
        Assert.Null(device.Open());

        Assert.Equal(
            ["0x0160a0", "0x0201", "0x00", "0x0201", "0x00", "0x0160a0"], _chip.Writes.Select(write => HexBytes.Format(write)));
    }

    [Fact]
    public void A_reading_waits_for_the_bit_that_says_it_is_ready()
    {
        var looks = 0;
        _chip.BeforeRead = chip => chip.Set(0x0B, (byte)(++looks < 4 ? 0x00 : 0x08));
        using var device = Device(Options(Temperature) with { Ready = new I2cReadyOptions { Register = "0x0B", Bit = 3, TimeoutSeconds = 10 } });

        Assert.Null(device.Open());
        Read(device, 1);

        Assert.Equal(4, _chip.Writes.Count(write => write[0] == 0x0B));
    }

    [Fact]
    public void A_chip_that_never_gets_ready_is_a_fault()
    {
        using var device = Device(Options(Temperature) with { Ready = new I2cReadyOptions { Register = "0x0B", Bit = 3, TimeoutSeconds = 0.005 } });

        Assert.Null(device.Open());
        Assert.Equal(ReadFaultKind.NotReady, device.Read(new double[1])!.Kind);
    }

    [Theory]
    [InlineData(0x92, true)]
    [InlineData(0x93, false)]
    public void A_checksum_over_the_data_is_checked(byte checksum, bool good)
    {
        _chip.Set(0x00, 0xBE, 0xEF, checksum);
        using var device = Device(Options(Temperature with { Signed = false }) with { Crc8 = new I2cChecksumOptions() });
        var values = new double[1];

        Assert.Null(device.Open());
        var fault = device.Read(values);

        Assert.Equal(good, fault is null);
        Assert.Equal(good ? "0xbeef" : "bad-checksum", good ? $"0x{(int)values[0]:x}" : fault!.Name);
    }

    [Fact]
    public void A_packet_error_code_covers_the_whole_message()
    {
        // Address and write bit, register, address and read bit, data.
        var code = new Crc8(0x07, 0).Of(0x90, 0x00, 0x91, 0x12, 0x34);
        _chip.Set(0x00, 0x12, 0x34, code);
        var pec = new I2cChecksumOptions { Polynomial = "0x07", Initial = "0x00", Covers = I2cChecksumCover.Message };
        using var device = Device(Options(Temperature) with { Crc8 = pec });

        Assert.Null(device.Open());
        Assert.Equal([0x1234], Read(device, 1));
    }

    [Fact]
    public void A_chip_that_is_unplugged_gives_no_answer_and_is_set_up_again_when_it_is_back()
    {
        using var device = Device(Options(Temperature) with { Init = [Write("0x2060a0")] });
        Assert.Null(device.Open());
        _bus.Chips.Remove(0x48);

        Assert.Equal(ReadFaultKind.NoAnswer, device.Read(new double[1])!.Kind);
        Assert.Equal(ReadFaultKind.NoAnswer, device.Open()!.Kind);

        var another = new FakeI2cChip();
        another.Set(0x00, 0x01, 0x00);
        _bus.Chips[0x48] = another;
        Assert.Null(device.Open());
        Assert.Equal([256], Read(device, 1));
        Assert.Equal("0x2060a0", HexBytes.Format(another.Writes[0]));
    }

    public void Dispose() => _bus.Dispose();

    private static I2cReadingOptions Temperature => new() { Channel = "t", Register = "0x00", Signed = true };

    private static I2cWriteOptions Write(string bytes) => new() { Write = bytes };

    private static I2cSensorOptions Options(params I2cReadingOptions[] readings) => new() { Name = "chip", Bus = 1, Address = "0x48", Readings = readings };

    private I2cRegisterDevice Device(I2cSensorOptions options) => new(options, _bus.Open);

    private static double[] Read(I2cRegisterDevice device, int count)
    {
        var values = new double[count];
        Assert.Null(device.Read(values));
        return values;
    }
}
